#!/bin/sh
# SPDX-License-Identifier: MIT
# pipelines/bench writes the figures that its help describes, and what it says of its goals follows from
# them; how fast anything is does not matter here.
# bench.sh BUILD

set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
if [ "$build" != "$PWD/out/build" ] || ! ninja -C "$build" -t query ks-bench-rt >/dev/null 2>&1; then
	echo "no build of what is measured" >&2
	exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0

complain() {
	echo "bench: $*" >&2
	status=1
}

# holds WHAT PROGRAM: of the figures
holds() {
	jq -e "$2" "$folder/json" >/dev/null || complain "$1"
}

pipelines/bench rt --no-count --windows=3 --json "$folder/json" >"$folder/table"
pipelines/bench rt --from="$folder/json" >"$folder/again"
cmp "$folder/table" "$folder/again" || complain "another table from the same figures"

holds 'not the format' '.format == "ks-bench-rt 1" and keys == ["format", "goals", "machine", "rows"]'
holds 'the machine' '.machine | (.model | type) == "string" and (.virtual | type) == "boolean" and .processors > 0'
holds 'few rows' '(.rows | length) > 30'
holds 'keys of rows' 'all(.rows[]; keys == ["decile1", "decile9", "instructions", "median", "operation",
	"subject", "times", "unit"])'
holds 'units' 'all(.rows[].unit; IN("cycles", "ns", "M/s")) and all(.rows[]; .median > 0)'
holds 'deciles' 'all(.rows[]; .decile1 <= .median and .median <= .decile9)'
holds 'a row appears twice' '[.rows[] | [.operation, .subject]] | length == (unique | length)'
holds 'the first row of ours is what others are compared with' '.rows | group_by(.operation)
	| map(map(select(.subject | startswith("ks_"))) | select(. != [])[0].times == 1) | all'
holds 'keys of goals' 'all(.goals[]; keys == ["goal", "limit", "met", "operation", "ours", "reached",
	"relation", "theirs", "why"])'
holds 'goals' '(.goals | length) > 8 and all(.goals[]; .ours | startswith("ks_"))'
# With one processor there are fewer rows, and goals that were not measured.
[ "$(nproc)" -lt 2 ] || holds 'a goal names no row' 'all(.goals[]; (.reached | type) == "number")'
# shellcheck disable=SC2016
holds 'what is said of a goal does not follow from the rows' '
	(reduce .rows[] as $row ({}; .[$row.operation + "|" + $row.subject] = $row)) as $row
	| all(.goals[] | select(.reached != null);
		$row[.operation + "|" + .ours] as $ours | $row[.operation + "|" + .theirs] as $theirs
		| (if $ours.unit == "M/s" then $ours.median / $theirs.median
		   else $theirs.median / $ours.median end) as $faster
		| if .relation == "at least"
		  then (.reached - $faster | fabs) < 0.01 and .met == ($faster >= .limit)
		  else .relation == "at most" and (.reached - 1 / $faster | fabs) < 0.01
			and .met == (1 / $faster <= .limit) end)'

# What the README shows is what the program would write, with other figures.
jq -r -f ks-rt/bench/readme.jq "$folder/json" >"$folder/section"
shape() { sed 's/[0-9][0-9.]*/N/g; s/N processors.*//; s/\(not \)*met.*|$/said |/; s/not measured/said/'; }
awk '/^<!-- end -->$/ { on = 0 } on; /^<!-- .*pipelines\/bench/ { on = 1 }' README.md | shape >"$folder/readme"
[ "$(nproc)" -lt 2 ] || shape <"$folder/section" | cmp - "$folder/readme" || complain "the README's section has another shape"

# Every row of the table is a bar with its name.
if command -v gnuplot >/dev/null; then
	pipelines/bench rt --from="$folder/json" --plot="$folder/svg" >/dev/null
	jq -r '.rows[] | select(.operation != "loop") | .operation, .subject' "$folder/json" | sort -u |
		while IFS= read -r name; do
			grep -qF ">$name<" "$folder/svg" || echo "$name"
		done >"$folder/unnamed"
	[ ! -s "$folder/unnamed" ] || complain "not in the plot: $(cat "$folder/unnamed")"
fi

# What is counted can be run, and verifies what it sends.
"$build/bin/ks-bench-rt" --list >"$folder/list"
row=0
while IFS="$(printf '\t')" read -r operation subject parts; do
	[ "$parts" = 0 ] || "$build/bin/ks-bench-rt" --case=$row --runs=5 </dev/null ||
		complain "$operation, $subject: cannot be run alone"
	row=$((row + 1))
done <"$folder/list"

echo '{"format": "another"}' >"$folder/other"
: >"$folder/empty"
for wrong in "--from=$folder/other" "--from=$folder/missing" "--from=$folder/empty" --no-such-option "--windows=0"; do
	set +e
	pipelines/bench rt --no-count "$wrong" >"$folder/out" 2>"$folder/err"
	[ $? = 2 ] || complain "$wrong: accepted"
	set -e
	grep -q '^bench: error: ' "$folder/err" || complain "$wrong: no error"
done
exit $status
