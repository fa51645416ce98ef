# What crosses, counted: the dump of one driver's sync artifact.
#   ks-sync --dump=json x.sync | jq -rn -f precision.jq
[inputs | select(.table == "paths" or .table == "fields")] as $rows
| ([$rows[] | select(.table == "paths") | {key: (.row | tostring), value: (.root == "handle")}] | from_entries) as $by_class
| [$rows[] | select(.table == "fields") | {by_class: $by_class[.path | tostring], in, out}] as $leaves
| ["leaves by path, in", ([$leaves[] | select((.by_class | not) and .in)] | length)],
  ["leaves by path, out", ([$leaves[] | select((.by_class | not) and .out)] | length)],
  ["leaves by class, in", ([$leaves[] | select(.by_class and .in)] | length)],
  ["leaves by class, out", ([$leaves[] | select(.by_class and .out)] | length)]
| @tsv
