# One line for each crossing: direction, kind, name. From a .pruned's dump:
#   ks-prune --dump=json x.pruned | jq -r -f crossings.jq
select(.table == "crossings")
| [(if .to_driver then "to driver" else "to kernel" end), .kind, .name]
| @tsv
