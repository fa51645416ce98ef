#!/bin/sh
# SPDX-License-Identifier: MIT
# A driver that does what it must not, behind VMFUNC: the crossing returns an error, the log says
# what it was and where in the driver, and the kernel goes on. One boot a fault, since
# nothing but the log is compared; `contained-faults.sh BUILD all` tries every one.
set -eu
build=$1
kernel=out/linux
name=dummy
from=out/pipeline/$name
runtime=out/pipeline/vmfunc/ks-rt/linux
[ -e "$from/modules-vmfunc/${name}_driver.ko" ] || exit 77
command -v bochs >/dev/null || {
	echo "contained-faults: bochs is not installed"
	exit 77
}
into=$PWD/out/test/contained-faults
rm -rf "$into"
mkdir -p "$into/modules"

sed 's/[\\"'\'']/\\&/g' out/pipeline/lists/flags >"$into/words"
(
	cd $kernel
	clang-22 @"$into/words" -I. -DKBUILD_BASENAME="\"$name\"" -DKBUILD_MODNAME="\"$name\"" \
		-D__KBUILD_MODNAME=kmod_$name -c -o "$into/$name.o" ../../tests/vm/planted_faults.c
)
pipelines/isolate --kernel=$kernel --flags=out/pipeline/lists/flags --units=out/pipeline/lists/units \
	--c="$from/modules/c" --name=$name --object="$into/$name.o" --transport=vmfunc \
	-o "$into/modules/${name}_isolated.o_shipped"
cp "$from/modules-vmfunc/Kbuild" "$into/modules/"
make -s -C $kernel M="$into/modules" LLVM=-22 KS_ROOT="$PWD" \
	KBUILD_EXTRA_SYMBOLS="$PWD/$runtime/Module.symvers" modules

# fault LENGTH REASON: a packet of that length is the last that the driver sees.
fault() {
	cat >"$into/script.sh" <<END
claim "loads" load_modules || exit 1
claim "goes up" ip link set dummy0 up
claim "sets an address" ip addr add 10.9.8.1/24 dev dummy0
ping -n -q -c 3 -i 0.02 -W 1 -s 100 -I dummy0 10.9.8.2 >/dev/null
equal "works before" "\$(cat /sys/class/net/dummy0/statistics/tx_packets)" 3
ping -n -q -c 2 -i 0.02 -W 1 -s $(($1 - 42)) -I dummy0 10.9.8.2 >/dev/null
equal "one domain is stopped" "\$(cat /sys/module/ks_rt/parameters/stopped_domains)" 1
claim "the device is still there" ip link show dummy0
claim "the kernel goes on" ip addr add 127.1.1.1/8 dev lo
claim "and makes processes" sh -c 'for i in 1 2 3; do cat /proc/uptime; done'
END
	"$build/bin/ks-vm" -q --emulator=bochs --kernel=$kernel/arch/x86/boot/bzImage \
		--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
		--module="$into/modules/${name}_driver.ko" --module="$from/modules/${name}_kernel.ko" \
		--script="$into/script.sh" --tool=ip --tool=ping --smp=1 --timeout=300 \
		--expect="ks_rt: $name: domain stopped: $2" --console="$into/console.$1" \
		>"$into/log.$1" || {
		cat "$into/log.$1"
		return 1
	}
	grep -h 'domain stopped' "$into/console.$1"
}

at="at planted_"
fault 502 "exception 14 $at.*, address 0xffffffff81000000"
fault 508 "time budget used up $at"
[ "${2-}" = all ] || exit 0
fault 501 "exception 14 $at.*, address 0x8"
fault 503 "exception 14 $at"
fault 504 "exception 14 at .*, address 0xffffffff81000000"
fault 505 "exception 6 $at"
fault 506 "exception 0 $at"
fault 507 "exception 14 $at"
fault 509 "time budget used up $at"
fault 510 "privileged instruction $at"
fault 511 "privileged instruction $at"
fault 512 "time budget used up $at"
fault 513 "exception 14 at dummy_xmit"
fault 514 "exception 3 $at"
