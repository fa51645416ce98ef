# SPDX-License-Identifier: MIT
# Uses disks whose contents a server has, here one of this machine, as a person would. The modules may be the stock
# driver or the isolated one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
disk=/dev/nbd0
sectors=2048 # 1 MiB
has() { [ -b "$1" ]; }
lacks() { [ ! -e "$1" ]; }
sum() { md5sum | cut -c1-32; }
# contents DISK WORD...: a checksum of what the disk itself has
contents() {
	ks_device=$1
	shift
	dd if="$ks_device" bs=64k iflag=direct "$@" 2>/dev/null | sum
}
# put FILE DISK WORD...: past the page cache
put() {
	ks_from=$1 ks_device=$2
	shift 2
	dd if="$ks_from" of="$ks_device" bs=64k oflag=direct conv=notrunc "$@"
}
size() { cat "/sys/block/$1/size"; }
has_size() { [ "$(size "$1")" = "$2" ]; }
has_blocks() { [ "$(cat "/sys/block/$1/queue/logical_block_size")" = "$2" ]; }

head -c $((512 * sectors)) /dev/urandom >/noise
noise=$(sum </noise)
zeros=$(head -c $((512 * sectors)) /dev/zero | sum)
cp /noise /changed
dd if=/noise of=/changed bs=512 skip=100 seek=7 count=27 conv=notrunc 2>/dev/null
changed=$(sum </changed)
cp /changed /trimmed
dd if=/dev/zero of=/trimmed bs=4k seek=16 count=32 conv=notrunc 2>/dev/null
trimmed=$(sum </trimmed)

cat >/nbd.conf <<'CONF'
[generic]
allowlist = true
listenaddr = 127.0.0.1
[image]
exportname = /tmp/image
trim = true
flush = true
fua = true
[other]
exportname = /tmp/other
[fixed]
exportname = /noise
readonly = true
CONF
empty() { head -c $((512 * sectors)) /dev/zero >"$1"; }
serve() {
	nbd-server -C /nbd.conf 2>/dev/null
	becomes nbd-client -l 127.0.0.1
}
servers() { pidof nbd-server; }
no_server() { ! servers; }
# connect DISK EXPORT WORD...: the client says much
connect() {
	ks_device=$1 ks_export=$2
	shift 2
	nbd-client -N "$ks_export" 127.0.0.1 "$ks_device" "$@"
}
disconnect() { nbd-client -d "$1"; }
is_connected() { nbd-client -c "$1"; }
is_free() { ! is_connected "$1"; }

# life NAME WORD...: of the client
life() {
	ks_life=$1
	shift
	claim "$ks_life loads" load_with nbds_max=2 || exit 1
	equal "$ks_life parameter" "$(parameter nbds_max)" 2
	claim "$ks_life has two" has /dev/nbd1
	claim "$ks_life no third" lacks /dev/nbd2
	equal "$ks_life empty" "$(size nbd0)" 0
	claim "$ks_life not connected" is_free $disk
	empty /tmp/image
	refuse "$ks_life what the server has not" connect $disk nothing "$@"
	claim "$ks_life connects" connect $disk image "$@"
	claim "$ks_life says so" becomes is_connected $disk
	claim "$ks_life has a size" becomes has_size nbd0 $sectors
	equal "$ks_life reads as zeros" "$(contents $disk)" "$zeros"
	ks_calls=$(runtime crossings_to_driver)
	claim "$ks_life takes what is written" put /noise $disk conv=notrunc,fsync
	equal "$ks_life has it" "$(contents $disk)" "$noise"
	claim "$ks_life each request crosses" crossed "$ks_calls" $((sectors / 64))
	equal "$ks_life so has the server" "$(sum </tmp/image)" "$noise"
	claim "$ks_life writes sectors" dd if=/noise of=$disk bs=512 skip=100 seek=7 count=27 oflag=direct conv=notrunc,fsync
	equal "$ks_life the server has them, and around them what was" "$(sum </tmp/image)" "$changed"
	claim "$ks_life discards" blkdiscard -o 64k -l 128k $disk
	equal "$ks_life the server has zeros there" "$(sum </tmp/image)" "$trimmed"
	equal "$ks_life so has the disk" "$(contents $disk)" "$trimmed"
	claim "$ks_life no room behind the end" fails_with "No space left" put /noise $disk seek=$((sectors / 128))
	cp /noise /tmp/image
	claim "$ks_life forgets its buffers" blockdev --flushbufs $disk
	equal "$ks_life has what the server has now, through the page cache" "$(sum <$disk)" "$noise"
	refuse "$ks_life connects only once" connect $disk other "$@"
	claim "$ks_life connects for reading" connect /dev/nbd1 fixed -b 4096 "$@"
	claim "$ks_life is there" becomes is_connected /dev/nbd1
	claim "$ks_life its blocks" becomes has_blocks nbd1 4096
	equal "$ks_life is read only" "$(blockdev --getro /dev/nbd1)" 1
	equal "$ks_life its contents" "$(contents /dev/nbd1)" "$noise"
	claim "$ks_life cannot be written" fails_with "not permitted" put /changed /dev/nbd1 count=1
	refuse "$ks_life unloads while connected" unload_modules
	claim "$ks_life disconnects" disconnect /dev/nbd1
	claim "$ks_life the other, too" disconnect $disk
	claim "$ks_life they are free" becomes is_free $disk
	claim "$ks_life both" becomes is_free /dev/nbd1
	claim "$ks_life connects again" connect $disk image "$@"
	claim "$ks_life is there again" becomes is_connected $disk
	equal "$ks_life has what it had" "$(contents $disk)" "$noise"
	claim "$ks_life disconnects again" disconnect $disk
	claim "$ks_life is free again" becomes is_free $disk
	claim "$ks_life unloads" becomes unload_modules
	claim "$ks_life all are gone" lacks $disk
	equal "$ks_life modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors, each in its own half of one of two disks.
load() {
	empty /tmp/image
	empty /tmp/other
	connect $disk image -C 2 >/dev/null
	connect /dev/nbd1 other -nonetlink >/dev/null
	becomes is_connected $disk
	becomes is_connected /dev/nbd1
	ks_jobs=''
	for ks_job in 0:0 0:8 1:0 1:8; do
		for ks_round in 1 2 3 4 5 6; do
			put /noise /dev/nbd${ks_job%:*} seek=${ks_job#*:} count=8 2>/dev/null
			contents /dev/nbd${ks_job%:*} skip=${ks_job#*:} count=8
		done >"/came$ks_job" &
		ks_jobs="$ks_jobs $!"
	done
	refuse "unloads under load" unload_modules
	# shellcheck disable=SC2086
	wait $ks_jobs
	equal "several write and read at once" "$(cat /came* | sort -u)" "$(head -c 524288 /noise | sum)"
	equal "all of them" "$(cat /came* | wc -l)" 24
	equal "the server has it" "$(sum </tmp/image) $(sum </tmp/other)" "$(contents $disk) $(contents /dev/nbd1)"
}

# use DISK: until it cannot be used any more
use() {
	while contents_or_fail "$1"; do
		echo >>/used
	done
}
contents_or_fail() { dd if="$1" bs=64k iflag=direct of=/dev/null 2>/dev/null && [ "$(size "${1#/dev/}")" != 0 ]; }
# ends WHAT COMMAND...: which takes the disk away from those that use it
ends() {
	ks_what=$1
	shift
	rm -f /used
	ks_jobs=''
	for ks_i in 1 2; do
		use $disk &
		ks_jobs="$ks_jobs $!"
	done
	claim "$ks_what: is in use" becomes test -s /used
	claim "$ks_what: while in use" "$@"
	# shellcheck disable=SC2086
	wait $ks_jobs
	# Without its server it would wait for another.
	disconnect $disk >/dev/null 2>&1
	claim "$ks_what: is free" becomes is_free $disk
}
kill_servers() {
	# shellcheck disable=SC2046
	kill -9 $(servers)
	becomes no_server
}
# What no server will answer any more waits, where no time is set, till the disk is disconnected.
kill_and_disconnect() { kill_servers && disconnect $disk; }
stop_servers() {
	# shellcheck disable=SC2046
	kill -STOP $(servers)
}
back() {
	claim "$1: connects again" connect $disk image
	claim "$1: is there again" becomes is_connected $disk
	equal "$1: has what it had" "$(contents $disk)" "$(sum </tmp/image)"
}
taken_away() {
	ends "disconnected" disconnect $disk
	back "disconnected"
	ends "the server is killed" kill_and_disconnect
	claim "the server is killed: it starts again" serve
	back "the server is killed"
	disconnect $disk >/dev/null
	becomes is_free $disk
	connect $disk image -t 10 >/dev/null
	becomes is_connected $disk
	ends "the server says nothing" stop_servers
	kill_servers
	claim "the server says nothing: it starts again" serve
	back "the server says nothing"
	disconnect $disk >/dev/null
	becomes is_free $disk
}

churn() {
	for ks_i in 0 1; do
		connect /dev/nbd$ks_i fixed || return 1
		becomes is_connected /dev/nbd$ks_i || return 1
		[ "$(contents /dev/nbd$ks_i)" = "$noise" ] || return 1
	done
	for ks_i in 0 1; do
		disconnect /dev/nbd$ks_i || return 1
		becomes is_free /dev/nbd$ks_i || return 1
	done
}

ifconfig lo up
mkdir -p /var/run
head -c 1 /dev/random >/dev/null # the server waits for the first, and may be asked before it has it
serve
life first
life second -nonetlink
life third

load_with nbds_max=2
load
taken_away
balanced 2 churn
finish
