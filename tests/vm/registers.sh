# SPDX-License-Identifier: MIT
# Reads and writes the processors' model-specific registers as a person would. The modules may be the stock driver
# or the isolated one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
apic_base=0x1b
# Where 32-bit code would enter the kernel, of which there is none: nobody reads these.
stack=0x175
entry=0x176
lacks() { [ ! -e "$1" ]; }
has() { [ -c "$1" ]; }
# register PROCESSOR NUMBER: its sixteen digits
register() { dd if=/dev/cpu/"$1"/msr bs=8 count=1 skip=$(($2)) iflag=skip_bytes 2>/dev/null | od -An -tx8 | tr -d ' '; }
read_loudly() { dd if="$1" bs="$2" count=1 skip=$((apic_base)) iflag=skip_bytes of=/dev/null; }
# write_register PROCESSOR NUMBER DIGITS
write_register() {
	echo "$3" | sed 's/\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)/\\x\8\\x\7\\x\6\\x\5\\x\4\\x\3\\x\2\\x\1/' >/digits
	# shellcheck disable=SC2059
	printf "$(cat /digits)" >/bytes
	dd if=/bytes of=/dev/cpu/"$1"/msr bs=8 count=1 seek=$(($2)) oflag=seek_bytes conv=notrunc
}
processors=$(nproc)
each_processor() { seq 0 $((processors - 1)); }
# Which of them began the boot has a bit of its own.
base_of() { if [ "$1" = 0 ]; then echo 00000000fee00900; else echo 00000000fee00800; fi; }

# of_each LIFE PROCESSOR
of_each() {
	claim "$1 $2 is there" has "/dev/cpu/$2/msr"
	equal "$1 $2 its number" "$(cat "/sys/class/msr/msr$2/dev")" "202:$2"
	claim "$1 $2 time" model_registers time "$2"
	equal "$1 $2 base of the APIC" "$(register "$2" $apic_base)" "$(base_of "$2")"
	claim "$1 $2 writes" write_register "$2" $stack "000011223344556$2"
	claim "$1 $2 writes another" write_register "$2" $entry "00002345678abcd$2"
}
# of_each_again LIFE PROCESSOR: what was written to all of them, each has still
of_each_again() {
	equal "$1 $2 has what was written" "$(register "$2" $stack) $(register "$2" $entry)" \
		"000011223344556$2 00002345678abcd$2"
	claim "$1 $2 by requests" model_registers requests "$2" $stack
	claim "$1 $2 what is refused" model_registers errors "$2" $stack
	claim "$1 $2 what the processor refuses" model_registers faults "$2"
	equal "$1 $2 has what was there" "$(register "$2" $stack)" "000011223344556$2"
	claim "$1 $2 zero again" write_register "$2" $stack 0000000000000000
	claim "$1 $2 zero again, too" write_register "$2" $entry 0000000000000000
}

life() {
	claim "$1 loads" load_modules || exit 1
	equal "$1 who may write" "$(parameter allow_writes)" default
	ks_calls=$(runtime crossings_to_driver)
	for ks_processor in $(each_processor); do
		of_each "$1" "$ks_processor"
	done
	for ks_processor in $(each_processor); do
		of_each_again "$1" "$ks_processor"
	done
	claim "$1 each access crosses" crossed "$ks_calls" $((processors * 20))
	mknod /beyond c 202 "$processors"
	claim "$1 no processor behind the last" fails_with "No such device or address" read_loudly /beyond 8
	rm /beyond
	claim "$1 not for a user" fails_with "Permission denied" setpriv --reuid=1000 dd if=/dev/cpu/0/msr bs=8 count=1
	chmod 666 /dev/cpu/0/msr
	claim "$1 not for a user who may open the file" fails_with "Operation not permitted" \
		setpriv --reuid=1000 dd if=/dev/cpu/0/msr bs=8 count=1
	claim "$1 not without the capability" fails_with "Operation not permitted" \
		setpriv --bounding-set=-sys_rawio dd if=/dev/cpu/0/msr bs=8 count=1
	claim "$1 with others missing" setpriv --bounding-set=-sys_nice \
		dd if=/dev/cpu/0/msr bs=8 count=1 skip=27 iflag=skip_bytes of=/dev/null
	chmod 600 /dev/cpu/0/msr
	claim "$1 nobody may write" adjust off
	equal "$1 says so" "$(parameter allow_writes)" off
	claim "$1 a write is refused" fails_with "Operation not permitted" write_register 0 $stack 0000000000000001
	equal "$1 nothing was written" "$(register 0 $stack)" 0000000000000000
	claim "$1 all may write" adjust on
	claim "$1 a write is taken" write_register 0 $stack 0000000000000010
	equal "$1 it was written" "$(register 0 $stack)" 0000000000000010
	claim "$1 as at first" adjust whatever
	equal "$1 it is" "$(parameter allow_writes)" default
	write_register 0 $stack 0000000000000000 2>/dev/null
	exec 7</dev/cpu/0/msr
	refuse "$1 unloads while in use" unload_modules
	exec 7<&-
	claim "$1 unloads" unload_modules
	claim "$1 files are gone" lacks /dev/cpu/0/msr
	equal "$1 modules are gone" "$(loaded_modules)" ""
}
adjust() { echo "$1" >"$(echo /sys/module/*/parameters/allow_writes)"; }

# Several at once, on all processors, each with a register of its own.
load() {
	exec 7</dev/cpu/0/msr
	ks_jobs=''
	for ks_processor in $(each_processor); do
		for ks_register in $stack $entry; do
			model_registers busy "$ks_processor" "$ks_register" >"/came.$ks_processor.$ks_register" 2>&1 &
			ks_jobs="$ks_jobs $!"
		done
	done
	refuse "unloads under load" unload_modules
	ks_failed=0
	for ks_job in $ks_jobs; do
		wait "$ks_job" || ks_failed=$((ks_failed + 1))
	done
	exec 7<&-
	equal "several read and write at once" "$ks_failed $(cat /came.*)" "0 "
}

# A processor that is taken away while its registers are read. One that the runtime needs is not.
unplug() {
	ks_switch=/sys/devices/system/cpu/cpu1/online
	[ -e $ks_switch ] && [ -z "$(runtime xcore_cpu)" ] && [ ! -e /sys/module/ks_visor ] || return 0
	model_registers until_gone 1 >/end &
	claim "is in use" becomes grep -q ready /end
	claim "its processor goes" sh -c "echo 0 >$ks_switch"
	wait
	equal "who reads is told" "$(tail -n 1 /end)" "No such device or address"
	claim "its file is gone" lacks /dev/cpu/1/msr
	claim "the other is there" has /dev/cpu/0/msr
	claim "its processor comes" sh -c "echo 1 >$ks_switch"
	claim "its file is there" has /dev/cpu/1/msr
	equal "and can be read" "$(register 1 $apic_base)" "$(base_of 1)"
}

churn() {
	unload_modules || return 1
	load_modules || return 1
	for ks_processor in $(each_processor); do
		register "$ks_processor" $apic_base || return 1
	done
}

life first
life second
life third

load_modules
load
unplug
balanced 8 churn
finish
