# How many modules pass each step. From the table that `all-modules` makes:
#   jq -rRs -f modules.jq out/pipeline/modules.tsv
split("\n") | map(select(. != "") / "\t") as $lines
| $lines[0] as $heading | $lines[1:] as $rows
| range(2; $heading | length) as $column
| select($rows | any(.[$column] == "ok"))
| [$heading[$column], ($rows | map(select(.[$column] == "ok")) | length), ($rows | length)]
| @tsv
