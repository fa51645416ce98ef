#!/bin/sh
# SPDX-License-Identifier: MIT
# Channels between two processors in the kernel: calls, calls in flight answered in reverse, notices
# and shutdown, with every way to wait, the wait queue included.
set -eu
build=$1
kernel=out/linux
[ -e "$kernel/vmlinux" ] || exit 77
into=out/test/channels
rm -rf "$into"
mkdir -p "$into"
# Objects are written beside the sources.
cp -r ks-rt tests/vm/channels "$into/"
make -s -C $kernel M="$PWD/$into/ks-rt/linux" LLVM=-22 modules
make -s -C $kernel M="$PWD/$into/channels" LLVM=-22 \
	KBUILD_EXTRA_SYMBOLS="$PWD/$into/ks-rt/linux/Module.symvers" modules
cat >"$into/guest.sh" <<'GUEST'
claim "channels do what they should" load_modules
equal "every call was answered" "$(cat /sys/module/ks_channels/parameters/calls)" 18000
equal "every notice was read" "$(cat /sys/module/ks_channels/parameters/notices)" 5000
claim "the module goes" unload_modules
GUEST
"$build/bin/ks-vm" -q --smp=2 --kernel=$kernel/arch/x86/boot/bzImage --timeout=600 \
	--module="$into/ks-rt/linux/ks_rt.ko" --module="$into/channels/ks_channels.ko" \
	--script="$into/guest.sh"
