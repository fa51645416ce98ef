#!/bin/sh
# SPDX-License-Identifier: MIT
# A crossing does not exit: not one into an empty domain, nor those of a driver's packets. What exits otherwise is the visor's
# timer, the kernel's own instructions, and the first crossing of each process.
set -eu
. tests/vm/vmfunc-common.sh
cp -r tests/vm/crossing "$into/"
make -s -C $kernel M="$into/crossing" LLVM=-22 KS_ROOT="$PWD" \
	KBUILD_EXTRA_SYMBOLS="$PWD/$runtime/Module.symvers" modules

cat >"$into/script.sh" <<'END'
roots() { cat /sys/module/ks_visor/parameters/roots; }
crossings() { cat /sys/module/ks_rt/parameters/crossings_to_driver; }
sent() { cat /sys/class/net/dummy0/statistics/tx_packets; }
# Each reason with its exits; and how often the timer's found a domain.
exits() {
	cat /sys/module/ks_visor/parameters/exits
	echo "pauses $(cat /sys/module/ks_visor/parameters/pauses)"
}
# measure COUNT FILE: so many packets, and what they add
measure() {
	exits >/tmp/before
	ping -n -q -c "$1" -i 0.005 -W 1 -s 100 -I dummy0 10.9.8.2 >/dev/null
	exits >/tmp/after
	awk 'NR == FNR { n[$1] = $2; next } { print $1, $2 - n[$1] }' /tmp/before /tmp/after >"$2"
}
of() { awk -v reason="$1" '$1 == reason { n = $2 } END { print n + 0 }' "$2"; }

# A period longer than what is measured.
claim "the visor loads" insmod /mod/ks_visor.ko period_us=2000000
claim "null crossings do not exit" insmod /mod/ks_crossing.ko
claim "the module goes" rmmod ks_crossing
claim "the visor goes" rmmod ks_visor

claim "all load" load_modules
claim "goes up" ip link set dummy0 up
claim "sets an address" ip addr add 10.9.8.1/24 dev dummy0
# What the kernel says goes out by ports, and those exit.
echo 1 >/proc/sys/kernel/printk
measure 10 /tmp/warm
# The same with few packets and with many: what grows with them is the timer's (52), and going on behind a pause,
# one of 18. Of the rest, 10 is CPUID of new processes, 18 asking for these numbers, 0 and 31 RDMSR of the kernel's.
rooted=$(roots)
measure 10 /tmp/few
rooted=$(($(roots) - rooted))
# What interrupts a domain finds no table of interrupts there: a memory exit, too, behind which is a pause.
delivered=$(($(of 48 /tmp/few) - rooted))
echo "KS SAYS memory exits of few packets: $rooted of first crossings, $delivered of deliveries, $(of pauses /tmp/few) pauses"
claim "memory exits are first crossings of processes and deliveries in a domain" \
	[ $delivered -ge 0 -a $delivered -le "$(of pauses /tmp/few)" ]
packets=$(sent) crossed=$(crossings)
measure 210 /tmp/many
equal "packets are sent" $(($(sent) - packets)) 210
claim "each crosses" [ $(($(crossings) - crossed)) -ge 210 ]
pauses=$(($(of pauses /tmp/many) - $(of pauses /tmp/few)))
while read -r reason count; do
	more=$((count - $(of "$reason" /tmp/few)))
	echo "KS SAYS reason $reason: $more more for 200 packets more"
	[ "$reason" != 18 ] || more=$((more - pauses))
	case $reason in
	52 | pauses) ;;
	*) claim "reason $reason does not come with packets" [ $more -lt 20 ] ;;
	esac
done </tmp/many
END
"$build/bin/ks-vm" -q --emulator=bochs --smp=1 --kernel=$kernel/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module=out/pipeline/$name/modules-vmfunc/${name}_driver.ko \
	--module=out/pipeline/$name/modules/${name}_kernel.ko \
	--file="$into/crossing/ks_crossing.ko:/mod/ks_crossing.ko" \
	--script="$into/script.sh" --tool=ip --tool=ping --timeout=300 --console="$into/console"
grep -hE 'crossing: |KS SAYS' "$into/console"
