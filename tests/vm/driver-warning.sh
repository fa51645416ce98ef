#!/bin/sh
# SPDX-License-Identifier: MIT
# A driver that warns, behind VMFUNC, goes on as one in the kernel does, and the log says once where; one that finds a
# bug in itself ends.
set -eu
. tests/vm/vmfunc-common.sh
sh tests/vm/planted-modules.sh "$into/modules"

cat >"$into/script.sh" <<'END'
# packets COUNT LENGTH: to nobody
packets() { ping -n -q -c "$1" -i 0.02 -W 1 -s $(($2 - 42)) -I dummy0 10.9.8.2 >/dev/null; }
sent() { cat /sys/class/net/dummy0/statistics/tx_packets; }
warnings() { dmesg | grep -c 'ks_rt: dummy: warning at planted_'; }
stopped() { cat /sys/module/ks_rt/parameters/stopped_domains; }
claim "loads" load_modules || exit 1
claim "goes up" ip link set dummy0 up
claim "sets an address" ip addr add 10.9.8.1/24 dev dummy0
packets 2 515
equal "packets that it warns of are counted" "$(sent)" 2
equal "the log says so once" "$(warnings)" 1
packets 3 516
equal "of another place too" "$(sent) $(warnings)" "5 2"
equal "no domain is stopped" "$(stopped)" 0
packets 3 100
equal "it works as before" "$(sent) $(warnings)" "8 2"
packets 1 517
equal "a bug stops it" "$(stopped)" 1
END
"$build/bin/ks-vm" -q --emulator=bochs --kernel=$kernel/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module="$into/modules/${name}_driver.ko" --module="$from/modules/${name}_kernel.ko" \
	--script="$into/script.sh" --tool=ip --tool=ping --smp=1 --timeout=300 \
	--expect="ks_rt: $name: warning at planted_.*\[${name}_driver\]" \
	--expect="ks_rt: $name: domain stopped: exception 6 at planted_" --console="$into/console"
grep -h 'ks_rt: ' "$into/console"
