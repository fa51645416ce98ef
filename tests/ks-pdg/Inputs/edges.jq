# Edges by line: "control 12 -> 14".
reduce (inputs | select(.table == "edges" or .table == "instructions")) as $r ({}; .[$r.table] += [$r])
| . as $t
| def place($kind; $row): if $kind == "instruction"
    then "\($t.instructions[$row].opcode) \($t.instructions[$row].loc.line)" else $kind end;
  [$t.edges[] | "\(.kind): \(place(.from_kind; .from)) -> \(place(.to_kind; .to))"] | unique | .[]
