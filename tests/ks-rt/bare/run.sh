#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: run.sh IMAGE PROCESSORS [MODEL]
# Boots the image in Bochs, which emulates VMX with EPTP switching, and prints what it says.
# Status 0 if its last line says that nothing failed, 77 if Bochs is not installed.
set -eu
image=$1
processors=$2
model=${3-corei7_haswell_4770}
template=$(dirname "$0")/../../../pipelines/vm/bochsrc

bochs=$(command -v bochs-bin || command -v bochs) || {
	echo "skipped: bochs is not installed"
	exit 77
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# A copy: Bochs locks it, and leaves the lock when it is killed.
cp "$image" "$folder/disk"
# Debian's Bochs has the debugger in: it starts stopped.
printf 'c\nq\n' >"$folder/commands"
disk="type=disk, path=$folder/disk, mode=flat, cylinders=2, heads=16, spt=63"
sed "s|{model}|$model|; s|{processors}|$processors|; s|{memory}|128|g; s|{boot}|disk|; s|{disk}|$disk|
	s|{serial}|/dev/null|; s|{folder}|$folder|; s|{report}|report|" "$template" >"$folder/bochsrc"

# Bochs ends with status 1 even when it was asked to by the image.
timeout "${KS_BOCHS_TIMEOUT:-120}" "$bochs" -q -f "$folder/bochsrc" -rc "$folder/commands" \
	>"$folder/out" 2>"$folder/err" </dev/null || true
tr -d '\r' <"$folder/out" | grep -aE '^(PASS|FAIL|NOTE|RESULT) ' >"$folder/lines" || true
cat "$folder/lines"
[ -z "${KS_BOCHS_LOG-}" ] || cp "$folder/bochs.log" "$KS_BOCHS_LOG"
if tail -n1 "$folder/lines" | grep -qE '^RESULT [1-9][0-9]* passed, 0 failed$'; then
	exit 0
fi
grep -q '^RESULT' "$folder/lines" || {
	echo 'it did not come to its end; the last lines of Bochs:'
	tail -n20 "$folder/bochs.log"
}
exit 1
