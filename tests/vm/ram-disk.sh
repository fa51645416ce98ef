# SPDX-License-Identifier: MIT
# Uses disks in memory as a person would. The modules may be the stock driver or the isolated one: every claim is
# about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
kib=1024
disk=/dev/ram0
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
	dd if="$ks_from" of="$ks_device" bs=64k oflag=direct "$@" 2>/dev/null
}
free_kib() { sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo; }

head -c $((1024 * kib)) /dev/urandom >/noise
noise=$(sum </noise)
head -c 1048576 /dev/urandom >/large
large=$(sum </large)
zeros=$(head -c $((1024 * kib)) /dev/zero | sum)
# Sectors that begin and end inside of pages.
cp /noise /changed
dd if=/noise of=/changed bs=512 skip=100 seek=7 count=27 conv=notrunc 2>/dev/null
changed=$(sum </changed)
# Zeros over some whole pages of that, and over sectors.
cp /changed /wiped
dd if=/dev/zero of=/wiped bs=4k seek=16 count=32 conv=notrunc 2>/dev/null
dd if=/dev/zero of=/wiped bs=512 seek=1001 count=3 conv=notrunc 2>/dev/null
wiped=$(sum </wiped)

# Files, in a file system that is mounted twice: what is read comes from the disk.
files() {
	claim "$1 makes a file system" mke2fs -F $disk
	claim "$1 mounts it" mount -t ext2 $disk /mnt
	mkdir /mnt/folder
	for ks_i in 1 2 3 4 5 6 7 8; do
		dd if=/noise of=/mnt/folder/$ks_i bs=1k skip=$((ks_i * 100)) count=$((ks_i * 9)) 2>/dev/null
	done
	ks_files=$(cd /mnt && find . -type f -exec md5sum {} + | sort)
	refuse "$1 unloads while mounted" unload_modules
	claim "$1 unmounts it" umount /mnt
	claim "$1 forgets its buffers" blockdev --flushbufs $disk
	claim "$1 mounts it again" mount -t ext2 -o ro $disk /mnt
	equal "$1 has its files" "$(cd /mnt && find . -type f -exec md5sum {} + | sort)" "$ks_files"
	equal "$1 all of them" "$(find /mnt/folder -type f | wc -l)" 8
	claim "$1 unmounts it again" umount /mnt
}

life() {
	claim "$1 loads" load_with rd_nr=2 rd_size=$kib max_part=4 || exit 1
	equal "$1 parameters" "$(parameter rd_nr) $(parameter rd_size) $(parameter max_part)" "2 $kib 4"
	claim "$1 has the first disk" has $disk
	claim "$1 has the second disk" has /dev/ram1
	claim "$1 has no third" lacks /dev/ram2
	equal "$1 sizes" "$(cat /sys/block/ram0/size /sys/block/ram1/size | tr '\n' ' ')" "$((2 * kib)) $((2 * kib)) "
	equal "$1 minor numbers" "$(cat /sys/block/ram0/dev /sys/block/ram1/dev | tr '\n' ' ')" "1:0 1:4 "
	equal "$1 blocks are pages" "$(cat /sys/block/ram0/queue/physical_block_size)" 4096
	equal "$1 does not rotate" "$(cat /sys/block/ram0/queue/rotational)" 0
	equal "$1 reads as zeros" "$(contents $disk)" "$zeros"
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 takes what is written" put /noise $disk
	equal "$1 has it" "$(contents $disk)" "$noise"
	claim "$1 each request crosses" crossed "$ks_calls" $((kib / 32))
	equal "$1 the other disk has zeros" "$(contents /dev/ram1)" "$zeros"
	equal "$1 has it through the page cache" "$(sum <$disk)" "$noise"
	claim "$1 writes sectors" dd if=/noise of=$disk bs=512 skip=100 seek=7 count=27 oflag=direct
	equal "$1 has them, and around them what was" "$(contents $disk)" "$changed"
	claim "$1 writes zeros over pages" blkdiscard -z -o 64k -l 128k $disk
	claim "$1 writes zeros over sectors" blkdiscard -z -o $((1001 * 512)) -l $((3 * 512)) $disk
	equal "$1 has them, and around them what was there" "$(contents $disk)" "$wiped"
	claim "$1 cannot discard" fails_with "not supported" blkdiscard $disk
	claim "$1 reads nothing behind the end" equal_to 0 dd if=$disk bs=64k skip=$((kib / 64)) iflag=direct
	claim "$1 has no room behind the end" fails_with "No space left" put_loudly /noise $disk seek=$((kib / 64))
	claim "$1 copies to the other through the page cache" dd if=/noise of=/dev/ram1 bs=3k conv=fsync
	claim "$1 forgets the other's buffers" blockdev --flushbufs /dev/ram1
	equal "$1 the other has it" "$(contents /dev/ram1)" "$noise"
	equal "$1 the first has its own" "$(contents $disk)" "$wiped"
	files "$1"
	exec 7<$disk
	refuse "$1 unloads while in use" unload_modules
	exec 7<&-
	claim "$1 unloads" unload_modules
	claim "$1 disks are gone" lacks $disk
	equal "$1 modules are gone" "$(loaded_modules)" ""
}
equal_to() {
	ks_size=$1
	shift
	[ "$("$@" 2>/dev/null | wc -c)" = "$ks_size" ]
}
put_loudly() {
	ks_from=$1 ks_device=$2
	shift 2
	dd if="$ks_from" of="$ks_device" bs=64k oflag=direct "$@"
}

# Several at once, on all processors, each in its own sixteenths of one disk: 64 MiB.
load() {
	exec 7<$disk
	ks_jobs=''
	for ks_job in 0 1 2 3; do
		for ks_round in 0 1 2 3; do
			ks_part=$((ks_job * 4 + ks_round))
			if [ $ks_round = 3 ]; then
				dd if=/large of=$disk bs=64k seek=$((ks_part * 16)) conv=fsync 2>/dev/null
			else
				put /large $disk seek=$((ks_part * 16))
			fi
			contents $disk skip=$((ks_part * 16)) count=16
		done >"/came$ks_job" &
		ks_jobs="$ks_jobs $!"
	done
	refuse "unloads under load" unload_modules
	# shellcheck disable=SC2086
	wait $ks_jobs
	exec 7<&-
	equal "several write and read at once" "$(cat /came? | sort -u)" "$large"
	equal "all of them" "$(cat /came? | wc -l)" 16
	for ks_part in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		contents $disk skip=$((ks_part * 16)) count=16
	done >/came
	equal "one disk has it all" "$(sort -u /came)" "$large"
}

devices=8
churn() {
	unload_modules || return 1
	load_with rd_nr=$devices rd_size=64 || return 1
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		put /noise /dev/ram$ks_i count=1 || return 1
		ks_i=$((ks_i + 1))
	done
}

mkdir -p /mnt
life first
life second
life third

free=$(free_kib)
load_with rd_nr=1 rd_size=16384
load
unload_modules
claim "the memory of the disk comes back" [ "$(free_kib)" -gt $((free - 4096)) ]
load_with rd_nr=$devices rd_size=64
balanced $devices churn
finish
