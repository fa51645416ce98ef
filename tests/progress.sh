#!/bin/sh
# SPDX-License-Identifier: MIT
# pipelines/progress says how far a command is and how long the rest may take, keeps what it
# says, and ends as it does.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
complain() {
	echo "progress: $*" >&2
	status=1
}

# shellcheck disable=SC2016
cat >"$folder/slow" <<'EOF'
for i in 1 2 3 4 5 6 7 8; do
	echo "[$i/60] Building something"
	sleep 2
done
EOF
pipelines/progress "$folder/log" sh "$folder/slow" >"$folder/out"
grep -Eqx '\[[78]/60\] Building something; about 2 min left' "$folder/out" ||
	complain "no estimate: $(cat "$folder/out")"
[ "$(tail -n 1 "$folder/out")" = '[8/60] Building something; about 2 min left' ] ||
	complain "the last line is $(tail -n 1 "$folder/out")"
[ "$(wc -l <"$folder/log")" = 8 ] || complain "the log has $(wc -l <"$folder/log") lines"

got=0
pipelines/progress "$folder/log" sh -c 'echo why; exit 5' >"$folder/out" 2>"$folder/err" || got=$?
[ $got = 5 ] || complain "status $got instead of the command's"
grep -qx why "$folder/err" || complain "the reason is not shown"

pipelines/progress --count='^CC ' --of=9 "$folder/log" printf 'CC a\nLD b\nCC c\n' >"$folder/out"
[ "$(cat "$folder/out")" = '[2/9] log' ] || complain "counted $(cat "$folder/out")"

# The rest is that of all processors.
set -- "$(pipelines/progress --step=b 'a=1 b=10 c=20')"
[ "$1" = "step 2 of 3: b; up to $((60 / $(nproc))) min to the end" ] || complain "a step: $1"
! pipelines/progress --step=d 'a=1' >/dev/null 2>&1 || complain "a step that there is not"
exit $status
