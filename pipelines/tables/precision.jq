# What crosses, counted: the dump of one driver's sync artifact.
#   ks-sync --dump=json x.sync | jq -rn -f precision.jq
reduce inputs as $row (
  {};
  if $row.table == "paths" then .root[$row.row | tostring] = $row.root
  elif $row.table == "fields" then
    (if .root[$row.path | tostring] == "handle" then "class" else "path" end) as $by
    | .[$by + " in"] += (if $row.in then 1 else 0 end) | .[$by + " out"] += (if $row.out then 1 else 0 end)
  else . end)
| ["leaves by path, in", .["path in"] // 0],
  ["leaves by path, out", .["path out"] // 0],
  ["leaves by class, in", .["class in"] // 0],
  ["leaves by class, out", .["class out"] // 0]
| @tsv
