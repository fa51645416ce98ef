# Rows of a .pdg by name instead of by number, one fact a line.
# ks-pdg --dump=json X.pdg | jq -rnf facts.jq
reduce (inputs | select(.table != "edges" and .table != "head")) as $r ({}; .[$r.table] += [$r])
| . as $t
| def named($i): if $i == null then "void" else $t.types[$i] as $y |
    if $y.kind == "pointer" then named($y.element) + "*"
    elif $y.kind == "array" then named($y.element) + "[" + ($y.count | tostring) + "]"
    elif $y.kind == "function" then "function"
    elif $y.name == "" then "anonymous" else $y.name end end;
  def callee($i): $t.calls[$i].callee as $f |
    if $f == null then "(indirect)" else $t.functions[$f].name end;
  def signed: if . >= 9223372036854775808 then . - 18446744073709551616 else . end;
  def path($i): if $i == null then "?" else $t.paths[$i] as $p |
    if $p.step == "argument" then "arg\($p.index)"
    elif $p.step == "global" then $t.globals[$p.global].name
    elif $p.step == "function" then "function \($t.functions[$p.target].name)"
    elif $p.step == "call_result" then "result of \(callee($p.index))"
    elif $p.step == "allocation" then "new \(callee($p.index))"
    elif $p.step == "local" then "local"
    elif $p.step == "integer" then "\($p.integer | if . > 1000000000000 then "negative" else tostring end)"
    elif $p.step == "unknown" then "unknown"
    elif $p.step == "dereference" then "*\(path($p.parent))"
    elif $p.step == "field" then "\(path($p.parent))->\($t.fields[$p.field].name)"
    elif $p.step == "element" then
      "\(path($p.parent))[\(if $p.integer > 1000000000000 then "any" else $p.integer end)]"
    elif $p.step == "address" then "&\(path($p.parent))"
    else "(\(named($p.type)))\(path($p.parent))" end end;
  def field($i): if $i == null then "-" else $t.fields[$i].name end;
  def function($i): if $i == null then "-" else $t.functions[$i].name end;
  def guard($g): if $g.mask == 0 then "" else
    " while \(path($g.member)) & \($g.mask) is \(if $g.unless then "not " else "" end)\($g.values | map(tostring) | join(" or "))" end;
  def known($r): guard($r.guard) + ([$r.commands[]? | guard(.)] | join(""));
  ($t.accesses // [] | .[] | "access \(function(.function)): \(.kind) \(field(.field)) at \(path(.path))"
    + (if .size > 0 then " size \(.size)" else "" end)
    + (if .length != null then " length \(path(.length))" else "" end)
    + (if .unit > 1000000000000 then " quotient" else "" end)
    + (if .value != null then " = \(path(.value))" else "" end)
    + (if .must then " must" else "" end) + " (\(.source))"
    + (if .error != "followed" then " error \(.error)" else "" end)
    + (if .update != "none" then " made \(.update)" else "" end) + (if .used then " used" else "" end)
    + known(.)),
  ($t.calls // [] | .[] | . as $c | "call \(function(.caller)): \(.kind) \(function(.callee)) via \(field(.via)) ("
    + ([$t.arguments[.first_argument:.first_argument + .argument_count][]? | "\(.index): \(path(.path))\(known(.))"] | join(", "))
    + ") then \(.outcome)"),
  ($t.returns // [] | .[] | "return \(function(.function)): "
    + (if .is_constant then "constant \(.integer)" else path(.path) end)
    + (if .room > 0 or .room_argument < 4294967295 then " room \(.room)" else "" end)
    + (if .room_argument < 4294967295 then " and \(if .room_each > 1 then "\(.room_each) for each of " else "" end)argument \(.room_argument)" else "" end)),
  ($t.locks // [] | .[] | "lock \(function(.function)): \(.action) \(.family) \(.name) \(path(.lock)) \(field(.field))"),
  ($t.unknowns // [] | .[] | "unknown \(function(.function)): \(.reason): \(.what) at line \(.loc.line)"),
  ($t.initializers // [] | .[] | "init \($t.globals[.global].name): \(field(.field)) = "
    + (if .kind == "function" then "function \(function(.function))"
       elif .kind == "integer" then "\(.integer)"
       elif .kind == "string" then "\"\($t.globals[.target].string_value)\""
       else "&\($t.globals[.target].name)+\(.addend)" end)),
  ($t.functions // [] | .[] | "function \(.name): \(named(.type)) parameters (\(.parameters | join(", ")))"
    + (if .exported then " exported" else "" end) + (if .local then " local" else "" end)
    + (if .address_taken then " address-taken" else "" end)
    + (if .defined then " defined" else "" end)
    + (if .nonnull != [] then " nonnull (\(.nonnull | join(", ")))" else "" end)
    + (if .errors != [] then " errors (\(.errors | join(", ")))" else "" end)),
  ($t.globals // [] | .[] | "global \(.name): \(named(.type)) size \(.size)"
    + (if .exported then " exported" else "" end) + (if .per_cpu then " per-cpu" else "" end)
    + (if .section != "" then " in \(.section)" else "" end)),
  ($t.aliases // [] | .[] | "alias \(.name) of "
    + (if .function != null then function(.function) else $t.globals[.global].name end)),
  ($t.types // [] | .[] | . as $y | select(.kind == "structure" or .kind == "union_" or .kind == "enumeration")
    | "type \(if .name == "" then "anonymous" else .name end): \(.kind) size \(.size)"
    + (if .kind == "enumeration" then " highest \(.count)" elif .complete then " {"
       + ([$t.members[.first_member:.first_member + .member_count][]?
           | "\(.name): \(named(.type)) @\(.offset_bits)+\(.size_bits)"] | join(", ")) + "}"
       else " incomplete" end))
