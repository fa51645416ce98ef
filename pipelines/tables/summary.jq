# What was isolated, in a few lines: the dumps of one driver's pruned, shared, sync and
# atomic artifacts, one after the other.
#   (ks-prune --dump=json x.pruned; ks-shared --dump=json x.shared; ...) | jq -rn -f summary.jq
reduce inputs as $row ({};
  if $row.table == "head" then .kind = $row.kind
  elif $row.table == "counts" then .count[$row.what] = $row.count
  elif .kind == "sync" and $row.table == "paths" then .path[$row.row | tostring] = $row.field
  elif .kind == "sync" and $row.table == "fields" then
    .copies += 1 | .synchronised[.path[$row.path | tostring] // $row.path | tostring] = true
  elif .kind == "sync" and $row.table == "unreached" then .unreached += 1
  elif .kind == "atomic" and $row.table == "sections" then
    .sections += 1 | .shared_sections += (if $row.shared then 1 else 0 end)
  else . end)
| .count as $n
| "crossings               \($n["crossings to the kernel"]) to the kernel, \($n["crossings to the driver"]) to the driver",
  "kernel functions        \($n["kernel functions"]) analysed, \($n["kernel functions kept"]) can touch what the driver touches",
  "in the domain           \($n["driver functions"]) functions of the driver, \($n["functions cloned"]) cloned from the kernel, \($n["functions of the domain library"]) of the domain library",
  "fields                  \($n["fields a deep copy would move"]) a deep copy would move, \($n["fields the driver touches"]) the driver touches, \($n["fields shared"]) shared, \(.synchronised // {} | length) synchronised",
  "copies                  \(.copies // 0) of a field, over all crossings; \(.unreached // 0) not reached by a path",
  "critical sections       \(.sections // 0), of which \(.shared_sections // 0) shared"
