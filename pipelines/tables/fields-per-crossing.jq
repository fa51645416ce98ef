# How many fields each crossing copies in and out. From a .pruned's dump and a .sync's:
#   (ks-prune --dump=json x.pruned; ks-sync --dump=json x.sync) | jq -rn -f fields-per-crossing.jq
reduce inputs as $row ({};
  if $row.table == "head" then .kind = $row.kind
  elif .kind == "pruned" and $row.table == "crossings" then
    .crossing[$row.row] = {name: $row.name, in: 0, out: 0}
  elif .kind == "sync" and $row.table == "fields" then
    .crossing[$row.crossing] |= (.in += (if $row.in then 1 else 0 end) | .out += (if $row.out then 1 else 0 end))
  else . end)
| .crossing // [] | map([.name, .in, .out])
| (["crossing", "in", "out"], .[])
| @tsv
