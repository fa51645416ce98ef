#!/bin/sh
# SPDX-License-Identifier: MIT
# Crossings beside programs that compute: an interrupt of user mode leaves null in SS, and the threads of the kernel that
# are run next cross with it.
set -eu
. tests/vm/vmfunc-common.sh
cat >"$into/script.sh" <<'END'
compute() { while :; do :; done; }
sent() { cat /sys/class/net/dummy0/statistics/tx_packets; }
# The kernel's own thread asks for the device's statistics when its carrier has changed.
changes() {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		ping -n -q -c 2 -i 0.01 -W 1 -s 100 -I dummy0 10.9.8.2 >/dev/null
		ip link set dummy0 carrier off && ip link set dummy0 carrier on || return 1
	done
}
claim "all load" load_modules || exit 1
claim "goes up" ip link set dummy0 up
claim "sets an address" ip addr add 10.9.8.1/24 dev dummy0
compute & computing=$!
compute & computing="$computing $!"
claim "the carrier comes and goes" changes
equal "packets are sent" "$(sent)" 20
kill $computing
equal "no domain is stopped" "$(cat /sys/module/ks_rt/parameters/stopped_domains)" 0
claim "unloads" unload_modules
END
"$build/bin/ks-vm" -q --emulator=bochs --smp=2 --kernel=$kernel/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module="$from/modules-vmfunc/${name}_driver.ko" --module="$from/modules/${name}_kernel.ko" \
	--script="$into/script.sh" --tool=ip --tool=ping --timeout=600
