#!/bin/sh
# SPDX-License-Identifier: MIT
# The README's table of drivers is what pipelines/table makes of them: its head, and the row of each driver that was
# run as the row says.
# table.sh BUILD

set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
folder=out/pipeline
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
compared=0

sed -n '/^## Drivers that work$/,/^## Words$/s/^|/&/p' README.md >"$work/shown"
[ "$(wc -l <"$work/shown")" -gt 2 ] || {
	echo "table: README.md shows no driver" >&2
	exit 1
}
tail -n +3 "$work/shown" | while IFS='|' read -r _ driver transports _; do
	echo "$driver $transports" | tr -d ,
done >"$work/drivers"
while read -r driver transports; do
	name=$(echo "$driver" | tr - _)
	needed=$folder/$name/$name.readiness
	for transport in $transports; do
		case $transport in
		none) ;;
		direct) needed="$needed $folder/$name/run.log" ;;
		*) needed="$needed $folder/$name/run-$transport.log" ;;
		esac
	done
	# shellcheck disable=SC2086
	ls $needed >/dev/null 2>&1 || {
		echo "table: $driver was not run as the README says, and is not compared" >&2
		continue
	}
	pipelines/table --tools="$build/bin" $folder "$driver" >"$work/made"
	{ head -n 2 "$work/shown" && grep "^| $driver |" "$work/shown"; } | diff - "$work/made" >&2 || {
		echo "table: README.md is to say of $driver what pipelines/table does" >&2
		status=1
	}
	compared=$((compared + 1))
done <"$work/drivers"
[ "$compared" -gt 0 ] || exit 77
exit $status
