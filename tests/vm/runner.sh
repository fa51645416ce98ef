#!/bin/sh
# SPDX-License-Identifier: MIT
# ks-vm says no to a guest that fails, stops, hangs or makes the kernel complain, and yes
# to one that does not.
set -eu
build=$1
kernel=out/linux/arch/x86/boot/bzImage
[ -e "$kernel" ] || exit 77
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# guest STATUS PATTERN SCRIPT [OPTION]...: ks-vm's status, and a line it prints
guest() {
	status=$1 pattern=$2
	printf '%s\n' "$3" >"$folder/guest.sh"
	shift 3
	got=0
	"$build/bin/ks-vm" -q --kernel="$kernel" --script="$folder/guest.sh" "$@" \
		>"$folder/out" 2>&1 || got=$?
	if [ "$got" != "$status" ] || ! grep -q "$pattern" "$folder/out"; then
		echo "runner: status $got, not $status with '$pattern':"
		cat "$folder/guest.sh" "$folder/out"
		failures=$((failures + 1))
	fi
}

guest 0 '1 claims hold, 0 complaints' 'claim "true is true" true'
guest 0 '2 claims hold' 'refuse "false" false; equal "same" a a'
guest 1 'failed: false is true: false says' 'claim "false is true" false; true'
guest 1 'failed: script ended with status 3' 'claim a true; exit 3'
guest 1 'the guest claimed nothing' 'true'
guest 1 "the console says: .*BUG: soft" 'claim a true; echo "BUG: soft" >/dev/kmsg'
guest 1 'stopped after 3 s' 'claim a true; sleep 60' --timeout=3
guest 1 'no line matches never' 'claim a true' --expect=never
guest 1 'the console says: once' 'claim a true; echo once' --forbid='^once'
guest 0 '1 claims hold' 'claim "tools and files" sh -c "test -x /tools/jq && test -e /etc/file"' \
	--tool=jq --file="$folder/guest.sh:/etc/file"
guest 2 'no-such.ko' true --module=no-such.ko
guest 2 'no such program' true --tool=no-such-tool

exit $((failures > 0))
