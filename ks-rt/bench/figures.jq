# SPDX-License-Identifier: MIT
# The figures of one run, as pipelines/bench --help describes them. Strings $times and $counts are what
# ks-bench-rt prints and how many instructions were counted, $goals is the file beside this;
# $model, $virtual and $processors are the machine's.

def lines: split("\n") | map(select(. != "" and (startswith("#") | not)) / "\t");

# What one operation takes, in whatever unit: rates count the other way round.
def cost: if .unit == "M/s" then 1 / .median else .median end;

def rounded($digits): . * pow(10; $digits) | round / pow(10; $digits);

($counts | lines | map({(.[0] + "\t" + .[1]): (.[2] | tonumber)}) | add // {}) as $instructions
| ($times | lines | map({
    operation: .[0], subject: .[1], unit: .[2], median: (.[3] | tonumber),
    decile1: (.[4] | tonumber), decile9: (.[5] | tonumber),
    instructions: $instructions[.[0] + "\t" + .[1]]})) as $rows
# The rows of an operation together, in the order of their first.
| (reduce $rows[].operation as $one ([]; if index($one) then . else . + [$one] end)) as $operations
| [$operations[] as $one
    | [$rows[] | select(.operation == $one)]
    | ((map(select(.subject | startswith("ks_"))) + .)[0] | cost) as $own
    | .[] | .times = (cost / $own | rounded(2))] as $ordered
| {
    format: "ks-bench-rt 1",
    machine: {model: $model, virtual: $virtual, processors: $processors},
    rows: $ordered,
    goals: [$goals | lines[] | . as [$goal, $operation, $ours, $theirs, $relation, $limit, $why]
      | def of($subject): $ordered[] | select(.operation == $operation and .subject == $subject) | cost;
        ([of($ours)][0]) as $mine | ([of($theirs)][0]) as $other
      | (if ($mine and $other | not) then null
         elif $relation == "at least" then $other / $mine
         else $mine / $other end) as $reached
      | {goal: $goal, operation: $operation, ours: $ours, theirs: $theirs, relation: $relation,
         limit: ($limit | tonumber), reached: ($reached | if . then rounded(3) else . end),
         met: (if $reached == null then null
               elif $relation == "at least" then $reached >= ($limit | tonumber)
               else $reached <= ($limit | tonumber) end),
         why: (if $why == "" then null else $why end)}]
  }
