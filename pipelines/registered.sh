# SPDX-License-Identifier: MIT
# What the virtual machine does with a module of which no script says how it is used: loads it, says what is there
# that was not before, and unloads it.

# Of ks-rt; nothing if the stock module runs.
runtime() { [ ! -e /sys/module/ks_rt ] || cat "/sys/module/ks_rt/parameters/$1"; }

# What modules add to, a line each.
there() {
	(
		awk '/^Block/ {kind = "block"} /^Character/ {kind = "character"}
			NF == 2 && $1 ~ /^[0-9]/ {print kind " device " $1 " " $2}' /proc/devices
		awk '{print "misc device " $1 " " $2}' /proc/misc
		awk '{print "file system " $NF}' /proc/filesystems
		awk '$1 == "driver" {print "algorithm " $3}' /proc/crypto
		awk 'NR > 1 {print "protocol " $1}' /proc/net/protocols
		awk 'NR > 1 {print "interrupt " $1 " " $NF}' /proc/interrupts
		cd /sys/block && for entry in *; do echo "disk $entry"; done
		cd /sys/class && for entry in * */*; do
			case $entry in
			net/*) echo "network device ${entry#*/}" ;;
			*/*) echo "device ${entry#*/} of class ${entry%/*}" ;;
			*) echo "class $entry" ;;
			esac
		done
		cd /sys/bus && for entry in * */drivers/* */devices/*; do
			case $entry in
			*/drivers/*) echo "driver ${entry##*/} of bus ${entry%%/*}" ;;
			*/devices/*) echo "device ${entry##*/} of bus ${entry%%/*}" ;;
			*) echo "bus $entry" ;;
			esac
		done
		cd /sys/module && for entry in * */parameters/*; do
			case $entry in
			*/*) echo "parameter ${entry##*/} of module ${entry%%/*}" ;;
			*) echo "module $entry" ;;
			esac
		done
		find /sys/kernel /sys/fs /sys/firmware -type d | grep -v '^/sys/kernel/slab/' | sed 's/^/folder /'
		find /proc/fs /proc/driver /proc/net/ /proc/sys ! -type d | sed 's/^/file /'
		cd /proc && for entry in [a-z]*; do echo "file /proc/$entry"; done
	) 2>/dev/null | grep -v '\*' | sort -u
}
# changes WORD SIGN BEFORE AFTER
changes() { diff -U 0 "$3" "$4" | sed -n "s/^[$2]\([^$2]\)/KS SAYS $1: \1/p"; }

# What it needs is there before, the runtime too: the last two are its own.
for ks_module in $(head -n -2 /mod/order); do
	claim "$ks_module loads" insmod "/mod/$ks_module.ko" || exit 1
done
tail -n 2 /mod/order >/tmp/order
there >/tmp/before
while read -r ks_module; do
	claim "$ks_module loads" insmod "/mod/$ks_module.ko" || exit 1
done </tmp/order
sleep 1
there >/tmp/after
changes registered + /tmp/before /tmp/after
tac /tmp/order >/tmp/reversed
while read -r ks_module; do
	claim "$ks_module unloads" rmmod "$ks_module"
done </tmp/reversed
sleep 1
there >/tmp/left
changes "left behind" + /tmp/before /tmp/left
claim "nothing is left behind" cmp /tmp/before /tmp/left
[ -z "$(runtime stopped_domains)" ] || equal "no domain was stopped" "$(runtime stopped_domains)" 0
