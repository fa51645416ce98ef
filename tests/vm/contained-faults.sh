#!/bin/sh
# SPDX-License-Identifier: MIT
# A driver that does what it must not, behind VMFUNC, again and again in one kernel: the crossing
# returns an error, the log says what it was and where in the driver, what the domain held is given
# back, the kernel goes on, and the driver started again carries packets.
# Usage: contained-faults.sh BUILD [PROCESSORS [FAULTS]]; without a number of faults all are tried.
set -eu
. tests/vm/vmfunc-common.sh
processors=${2-1}
faults=${3-all}
sh tests/vm/planted-modules.sh "$into/modules"

# What a packet of that length makes the driver do, and what the kernel says of it.
text=0xffffffff81000000
cat >"$into/faults" <<END
502 exception 14 at planted_.*, address $text
508 time budget used up at planted_
501 exception 14 at planted_.*, address 0x8
503 exception 14 at planted_
504 exception 14 at .*, address $text
505 exception 6 at planted_
506 exception 0 at planted_
507 exception 14 at planted_
509 time budget used up at planted_
510 privileged instruction at planted_
511 privileged instruction at planted_
512 time budget used up at planted_
513 exception 14 at dummy_xmit
514 exception 3 at planted_
517 exception 6 at planted_
518 request of an unknown kind
519 no such crossing
520 rtnl_unlock of what is not held
521 dev of netif_carrier_on is NULL
END
[ "$faults" = all ] || sed -i "${faults}q" "$into/faults"
stops=$(wc -l <"$into/faults")

{
	cat <<'END'
kind=dummy0
sent() { cat /sys/class/net/$kind/statistics/tx_packets; }
send() { ping -n -q -c "$1" -i 0.02 -W 1 -s $(($2 - 42)) -I $kind 10.9.8.2 >/dev/null; }
rt() { cat "/sys/module/ks_rt/parameters/$1"; }
works() {
	claim "$1: goes up" ip link set $kind up
	claim "$1: sets an address" ip addr add 10.9.8.1/24 dev $kind
	send 3 142
	equal "$1: sends" "$(sent)" 3
}
gone() {
	equal "$1: the device is gone" "$(ls /sys/class/net)" lo
	equal "$1: nothing is left" "$(rt live_objects) $(rt shadows) $(rt messages_in_use)" "0 0 0"
	equal "$1: domains were stopped" "$(rt stopped_domains)" $stopped
}
fault() {
	works "$1"
	send 2 "$1"
	stopped=$((stopped + 1))
	equal "$1: the domain is stopped" "$(rt stopped_domains)" $stopped
	claim "$1: the device is still there" ip link show $kind
	claim "$1: the kernel goes on" sh -c 'for i in 1 2 3; do cat /proc/uptime; done'
	claim "$1: unloads" rmmod dummy_kernel
	gone "$1"
	claim "$1: starts again" insmod /mod/dummy_kernel.ko
}
ip link set lo up
stopped=0
claim "loads" load_modules || exit 1
END
	sed 's/\([0-9]*\) .*/fault \1/' "$into/faults"
	cat <<'END'
works "after all"
claim "after all: unloads" rmmod dummy_kernel
claim "after all: the driver, too" rmmod dummy_driver
# It stops with two locks held, something registered, and half of its devices made.
claim "the driver loads with a fault in its init function" insmod /mod/dummy_driver.ko numdummies=7
refuse "which is an error" insmod /mod/dummy_kernel.ko
stopped=$((stopped + 2)) # insmod tries twice
gone "init"
claim "its locks are released" timeout 60 ip addr add 127.1.1.1/8 dev lo
claim "the driver unloads" rmmod dummy_driver
claim "loads without the fault" insmod /mod/dummy_driver.ko numdummies=2
claim "starts" insmod /mod/dummy_kernel.ko
works "at the end"
claim "its parameter is heeded" ip link show dummy1
claim "unloads at the end" unload_modules
END
} >"$into/script.sh"

set --
while read -r _ reason; do
	set -- "$@" --expect="ks_rt: $name: domain stopped: $reason"
done <"$into/faults"
"$build/bin/ks-vm" -q --emulator=bochs --kernel=$kernel/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module="$into/modules/${name}_driver.ko" --module="$from/modules/${name}_kernel.ko" \
	--script="$into/script.sh" --tool=ip --tool=ping --smp="$processors" --timeout=1200 \
	"$@" --expect="ks_rt: $name: domain stopped: exception 14 at planted_.*, address 0x8" \
	--expect="ks_rt: $name: 2 locks released" --console="$into/console" >"$into/log" || {
	cat "$into/log"
	exit 1
}
count=$(grep -c 'domain stopped' "$into/console")
[ "$count" = $((stops + 2)) ] || {
	echo "contained-faults: $count domains were stopped, not $((stops + 2))"
	exit 1
}
grep -h 'ks_rt: ' "$into/console"
