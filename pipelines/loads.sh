# SPDX-License-Identifier: MIT
# What the virtual machine does for pipelines/loads: for each line of /plan, loads the modules that
# are needed, then those that are tried, says what changed, and unloads them all. /plan has a line for each trial, tabs
# between columns: its name, what is needed, what is tried. All is said through the kernel's log, between its
# own lines. A trial that leaves the kernel other than it was is the last of its boot.

say() { echo "KS LOAD $*" >/dev/kmsg; }

# What modules add to, one name a line.
there() {
	(
		cd /sys && for entry in block/* bus/* bus/*/devices/* bus/*/drivers/* class/* class/*/* fs/*; do
			[ -e "$entry" ] && echo "/sys/$entry"
		done
		cd /dev && find . ! -type d | sed 's|^\.|/dev|'
		cd /proc && for entry in [a-z]* fs/* driver/* net/*; do
			[ -e "$entry" ] && echo "/proc/$entry"
		done
		awk 'NF == 2 {print "device " $2}' /proc/devices
		awk '{print "file system " $NF}' /proc/filesystems
		awk '$1 == "driver" {print "algorithm " $3}' /proc/crypto
		awk 'NR > 1 {print "protocol " $1}' /proc/net/protocols
	) 2>/dev/null | sort -u
}
# changes WORD BEFORE AFTER
changes() {
	diff -U 0 "$2" "$3" | grep -E '^[+-][^+-]' | while read -r line; do say "$1 $line"; done
}
count() { [ ! -e /sys/module/ks_rt ] || cat "/sys/module/ks_rt/parameters/$1"; }
# What must be after a trial as it was before.
state() {
	cut -d' ' -f1 /proc/modules | sort
	# That a module is none of the kernel's own (4096) is no fault.
	echo "tainted $(($(cat /proc/sys/kernel/tainted) & ~4096))"
	for name in stopped_domains live_objects shadows retired messages_in_use; do
		echo "$name $(count $name)"
	done
}
# load NAME: prints why not
load() {
	words=$(insmod "/mod/$1.ko" 2>&1) && return
	echo "${words##*: }"
	return 1
}
reversed() { for word; do echo "$word"; done | tac; }

! grep -q '^ks_rt$' /mod/order || load ks_rt
while IFS="$(printf '\t')" read -r name needed tried; do
	say "begin $name"
	sleep 60 && say "hangs $name" && poweroff -f &
	watch=$!
	state >/tmp/state
	for module in $needed; do
		why=$(load "$module") || say "lacks $module: $why"
	done
	there >/tmp/before
	say try
	loaded='' result=loaded
	for module in $tried; do
		if why=$(load "$module"); then
			loaded="$loaded $module"
		else
			result="refused $module: $why"
			break
		fi
	done
	sleep 0.3
	say "$result"
	there >/tmp/after
	changes has /tmp/before /tmp/after
	say unload
	# shellcheck disable=SC2086
	for module in $(reversed $loaded); do
		why=$(rmmod "$module" 2>&1) || say "stays $module: ${why##*: }"
	done
	sleep 0.2
	there >/tmp/after
	changes leaves /tmp/before /tmp/after
	say unloaded
	# shellcheck disable=SC2086
	for module in $(reversed $needed); do
		why=$(rmmod "$module" 2>&1) || say "needed $module: ${why##*: }"
	done
	state >/tmp/after
	changes state /tmp/state /tmp/after
	kill $watch
	say "end $name"
	cmp -s /tmp/state /tmp/after || break
done </plan
claim 'every trial begun has ended' true
