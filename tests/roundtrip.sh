#!/bin/sh
# SPDX-License-Identifier: MIT
# Every artifact of a pipeline run, printed as JSON Lines and read back, is the same file.
# The run is the folder KS_ARTIFACTS, else that of every driver under the checkout's out/.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$build/bin:$PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
checked=0

writer() { awk -F'\t' -v kind="$1" '$3 == kind { print $1 }' "$root/pipelines/stages"; }

# Large kinds of which a run has a thousand are represented by a few.
for kind in pdg pruned shared sync atomic; do
	stage=$(writer "$kind")
	for file in $(find ${KS_ARTIFACTS:-"$root"/out/pipeline} -name "*.$kind" 2>/dev/null | sort | head -n20); do
		"$stage" --dump=json "$file" -o "$folder/text"
		"$stage" --load=json "$folder/text" -o "$folder/again"
		cmp "$file" "$folder/again" || {
			echo "roundtrip: $file is not what its dump says" >&2
			status=1
		}
		checked=$((checked + 1))
	done
done
[ "$checked" -gt 0 ] || exit 77
echo "$checked artifacts"
exit $status
