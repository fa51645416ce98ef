# SPDX-License-Identifier: MIT
# Uses the device mapper's target "zero" as a person would. The modules may be the stock driver or the isolated
# one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
export DM_DISABLE_UDEV=1
sectors=2048 # 1 MiB
make() { dmsetup create "$1" --table "0 ${2:-$sectors} zero"; }
lacks() { [ ! -e "/dev/mapper/$1" ]; }
# contents DEVICE WORD...: a checksum of all that is read from the disk itself
contents() {
	ks_device=$1
	shift
	dd if="/dev/mapper/$ks_device" bs=64k iflag=direct "$@" 2>/dev/null | md5sum | cut -c1-32
}
zeros() { head -c $((512 * $1)) /dev/zero | md5sum | cut -c1-32; }
scribble() { dd if=/noise of="/dev/mapper/$1" bs=64k oflag=direct 2>/dev/null; }
read_through() { dd if="/dev/mapper/$1" bs="$2" 2>/dev/null | md5sum | cut -c1-32; }

head -c $((512 * sectors)) /dev/urandom >/noise

life() {
	claim "$1 loads" load_modules || exit 1
	claim "$1 has the target" sh -c 'dmsetup targets | grep -q "^zero "'
	claim "$1 makes a device" make nothing
	equal "$1 its table" "$(dmsetup table nothing)" "0 $sectors zero "
	equal "$1 its status" "$(dmsetup status nothing)" "0 $sectors zero "
	equal "$1 its size" "$(blockdev --getsz /dev/mapper/nothing)" $sectors
	refuse "$1 arguments" dmsetup create refused --table "0 $sectors zero /dev/null"
	claim "$1 the refused one is not there" lacks refused
	ks_calls=$(runtime crossings_to_driver)
	equal "$1 reads as zeros" "$(contents nothing)" "$(zeros $sectors)"
	claim "$1 each request crosses" crossed "$ks_calls" $((sectors / 128))
	claim "$1 takes what is written" scribble nothing
	equal "$1 drops it" "$(contents nothing)" "$(zeros $sectors)"
	equal "$1 reads as zeros through the page cache" "$(read_through nothing 4k)" "$(zeros $sectors)"
	claim "$1 drops what is written through the page cache" sh -c 'dd if=/noise of=/dev/mapper/nothing bs=4k count=64 conv=fsync 2>/dev/null'
	claim "$1 forgets its buffers" blockdev --flushbufs /dev/mapper/nothing
	equal "$1 reads zeros still" "$(read_through nothing 3k)" "$(zeros $sectors)"
	claim "$1 takes another table" dmsetup reload nothing --table "0 64 zero"
	claim "$1 suspends" dmsetup suspend nothing
	claim "$1 resumes with it" dmsetup resume nothing
	equal "$1 has its size" "$(blockdev --getsz /dev/mapper/nothing)" 64
	equal "$1 reads no more than that" "$(contents nothing)" "$(zeros 64)"
	claim "$1 makes another" make second 16
	refuse "$1 unloads while in use" unload_modules
	claim "$1 removes one" dmsetup remove nothing
	claim "$1 removes the other" dmsetup remove second
	claim "$1 they are gone" lacks second
	claim "$1 unloads" unload_modules
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors.
load() {
	ks_jobs=''
	for ks_i in 1 2 3 4; do
		for ks_round in 1 2 3; do
			contents busy
			scribble busy
		done >"/came$ks_i" &
		ks_jobs="$ks_jobs $!"
	done
	# shellcheck disable=SC2086
	wait $ks_jobs
	equal "several read and write at once" "$(cat /came? | sort -u)" "$(zeros $sectors)"
	equal "all of them" "$(cat /came? | wc -l)" 12
}

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		make churn$ks_i 64 || return 1
		contents churn$ks_i >/dev/null || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		dmsetup remove churn$ks_i || return 1
		ks_i=$((ks_i + 1))
	done
}

life first
life second
life third

load_modules
make busy
load
dmsetup remove busy
balanced $devices churn
finish
