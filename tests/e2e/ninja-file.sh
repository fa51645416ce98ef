#!/bin/sh
# SPDX-License-Identifier: MIT
# ks-ninja writes the same file each time, without paths of this machine, for one driver
# or several, and refuses what is no kernel or no module of it.
set -eu
build=$1
kernel=out/linux
[ -e "$kernel/vmlinux" ] || exit 77
folder=out/test/ninja-file
rm -rf "$folder"
mkdir -p "$folder"
status=0
complain() {
	echo "ninja-file: $*" >&2
	status=1
}
ks_ninja() { "$build/bin/ks-ninja" --out="$folder/pipeline" "$@"; }

ks_ninja --driver=dummy -o "$folder/one"
cp "$folder/one" "$folder/first"
sleep 0.01
ks_ninja --driver=dummy -o "$folder/one"
cmp "$folder/first" "$folder/one" || complain "two runs differ"
[ -z "$(find "$folder/one" -newer "$folder/first")" ] || complain "an equal file was written again"
! grep -q "$PWD" "$folder/one" || complain "it holds a path of this machine"
[ "$(grep -c '^build .*: ks-pdg ' "$folder/one")" -gt 1000 ] || complain "most of the kernel is missing"

ks_ninja --driver=dummy --driver=null_blk --driver=usb-storage -o "$folder/three"
for name in dummy null_blk usb_storage; do
	grep -q "^build $folder/pipeline/$name/$name.sync: ks-sync " "$folder/three" || complain "$name is missing"
done
for target in all loaded; do
	[ "$(grep -c "^build .*/$target/.*: attempt " "$folder/one")" = "$(wc -l <$kernel/modules.order)" ] ||
		complain "not every module is attempted for all-$target"
done

# refused MESSAGE ARGUMENT...
refused() {
	message=$1
	shift
	got=0
	ks_ninja "$@" -o "$folder/none" >"$folder/out" 2>&1 || got=$?
	[ $got = 2 ] || complain "$*: status $got"
	[ "$(cat "$folder/out")" = "ks-ninja: error: $message" ] || complain "$*: $(cat "$folder/out")"
	[ ! -e "$folder/none" ] || complain "$*: something was written"
}
refused "nothing: no module of the kernel in $kernel" --driver=nothing
refused "$folder: no finished kernel build" --kernel="$folder"
refused "$folder/x.ko: no module that kbuild has made" --driver="$folder/x.ko"
refused "$folder/no.sh: No such file or directory" --script="$folder/no.sh"
exit $status
