#!/bin/sh
# SPDX-License-Identifier: MIT
# The commands that the README shows work, in the order it shows them.
# readme.sh [BUILD]

set -eu
cd "$(dirname "$0")/.."
[ -e pipelines/driver.ninja ] && [ -e out/pipeline/dummy/dummy.atomic ] || {
	echo "no pipeline run to try them on" >&2
	exit 77
}
script=$(mktemp)
trap 'rm -f "$script"' EXIT
awk '/^```sh$/ {on = 1; next} /^```$/ {on = 0} on' README.md >"$script"
[ "$(wc -l <"$script")" -gt 8 ] || {
	echo "README.md shows hardly any command" >&2
	exit 1
}
sh -eux "$script"
for kind in shared sync atomic; do
	cmp "out/pipeline/dummy/dummy.$kind" "out/pipeline/dummy/again.$kind"
	rm "out/pipeline/dummy/again.$kind"
done
