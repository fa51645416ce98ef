#!/bin/sh
# SPDX-License-Identifier: MIT
# Packets from both processors at once, while devices come and go: driver code that runs on the domain's
# processor for callers of the other one and, at the same time, for those of its own.
set -eu
build=$1
kernel=out/linux
runtime=out/pipeline/xcore/ks-rt/linux/ks_rt.ko
modules=out/pipeline/dummy/modules
[ -e "$kernel/vmlinux" ] && [ -e "$runtime" ] && [ -e "$modules/dummy_kernel.ko" ] || exit 77
into=out/test/xcore-both
rm -rf "$into"
mkdir -p "$into"
cat >"$into/guest.sh" <<'GUEST'
count() { cat "/sys/module/ks_rt/parameters/$1"; }
several() { [ "$1" -ge "$2" ]; }
# flood PROCESSORS ADDRESS
flood() { taskset "$1" ping -n -q -c 400 -i 0.002 -W 1 -s 100 -I dummy0 "$2" >/dev/null; }
churn() {
	taskset 1 ip link add churn type dummy && taskset 2 ip link set churn up &&
		taskset 1 ip link set churn address 02:00:00:00:00:01 &&
		taskset 2 ip -s link show churn >/dev/null && taskset 1 ip link del churn
}
ip link set lo up
load_modules
ip addr add 10.9.7.1/24 dev dummy0
ip link set dummy0 up
flood 1 10.9.7.2 &
flood 2 10.9.7.3 &
flood 1 10.9.7.4 &
for round in 1 2 3 4 5 6 7 8; do
	claim "a device comes and goes, round $round" churn
done
wait
equal "every packet was sent" "$(cat /sys/class/net/dummy0/statistics/tx_packets)" 1200
claim "calls crossed" several "$(count xcore_crossed)" 800
claim "and did not" several "$(count xcore_local)" 400
equal "no domain was stopped" "$(count stopped_domains)" 0
claim "unloads" unload_modules
GUEST
"$build/bin/ks-vm" -q --smp=2 --kernel=$kernel/arch/x86/boot/bzImage --timeout=600 --module="$runtime" \
	--module="$modules/dummy_driver.ko" --module="$modules/dummy_kernel.ko" \
	--tool=ip --tool=ping --tool=taskset --script="$into/guest.sh" \
	--allow='kernel stack frame pointer at .* has bad value'
