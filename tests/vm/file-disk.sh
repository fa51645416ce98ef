# SPDX-License-Identifier: MIT
# Uses disks that are files as a person would. The modules may be the stock driver or the isolated one: every claim
# is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
disk=/dev/loop0
sectors=3072 # 1.5 MiB
has() { [ -b "$1" ]; }
lacks() { [ ! -e "$1" ]; }
sum() { md5sum | cut -c1-32; }
# contents DISK WORD...: a checksum of what the disk itself has
contents() {
	ks_device=$1
	shift
	dd if="$ks_device" bs=64k iflag=direct "$@" 2>/dev/null | sum
}
# put FILE DISK WORD...: past the disk's page cache
put() {
	ks_from=$1 ks_device=$2
	shift 2
	dd if="$ks_from" of="$ks_device" bs=64k oflag=direct conv=notrunc "$@"
}
# part FILE SKIP COUNT: sectors of it
part() { dd if="$1" bs=512 skip="$2" count="$3" 2>/dev/null | sum; }
attribute() { cat "/sys/block/$1/loop/$2"; }
is_free() { [ ! -e "/sys/block/$1/loop" ]; }
size() { blockdev --getsz "$1"; }

head -c $((512 * sectors)) /dev/urandom >/noise
noise=$(sum </noise)
zeros=$(head -c $((512 * sectors)) /dev/zero | sum)
cp /noise /changed
dd if=/noise of=/changed bs=512 skip=100 seek=7 count=27 conv=notrunc 2>/dev/null
changed=$(sum </changed)
cp /changed /discarded
dd if=/dev/zero of=/discarded bs=4k seek=16 count=32 conv=notrunc 2>/dev/null
discarded=$(sum </discarded)
# Two partitions: 1024 sectors at 64, and 1024 at 2048.
cp /noise /parted
printf '\0\0\0\0\203\0\0\0\100\0\0\0\0\4\0\0\0\0\0\0\203\0\0\0\0\10\0\0\0\4\0\0' |
	dd of=/parted bs=1 seek=446 conv=notrunc 2>/dev/null
head -c 32 /dev/zero | dd of=/parted bs=1 seek=478 conv=notrunc 2>/dev/null
printf '\125\252' | dd of=/parted bs=1 seek=510 conv=notrunc 2>/dev/null

empty() { head -c $((512 * sectors)) /dev/zero >"$1"; }

contents_are_the_files() {
	empty /tmp/image
	claim "$1 sets one up" losetup $disk /tmp/image
	equal "$1 its file" "$(attribute loop0 backing_file)" /tmp/image
	equal "$1 all of it" "$(attribute loop0 offset) $(attribute loop0 sizelimit) $(attribute loop0 autoclear) $(attribute loop0 partscan) $(attribute loop0 dio)" \
		"0 0 0 0 0"
	equal "$1 its size" "$(size $disk)" $sectors
	equal "$1 reads as zeros" "$(contents $disk)" "$zeros"
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 takes what is written" put /noise $disk
	equal "$1 has it" "$(contents $disk)" "$noise"
	claim "$1 each request crosses" crossed "$ks_calls" $((sectors / 64))
	equal "$1 so has the file" "$(sum </tmp/image)" "$noise"
	claim "$1 writes sectors" dd if=/noise of=$disk bs=512 skip=100 seek=7 count=27 oflag=direct conv=notrunc
	equal "$1 the file has them, and around them what was" "$(sum </tmp/image)" "$changed"
	claim "$1 discards" blkdiscard -o 64k -l 128k $disk
	equal "$1 zeros are there" "$(contents $disk)" "$discarded"
	equal "$1 in the file, too" "$(sum </tmp/image)" "$discarded"
	claim "$1 writes zeros" blkdiscard -z $disk
	equal "$1 they are there" "$(sum </tmp/image)" "$zeros"
	claim "$1 writes through the page cache" dd if=/noise of=$disk bs=3k conv=fsync,notrunc
	equal "$1 the file has that" "$(sum </tmp/image)" "$noise"
	claim "$1 has no room behind the end" fails_with "No space left" put /noise $disk seek=$((sectors / 128))
	claim "$1 is set up only once" fails_with "busy" losetup $disk /noise
	claim "$1 cannot go past the page cache of this file" fails_with "Invalid argument" losetup --direct-io=on $disk
	truncate -s $((512 * (sectors + 64))) /tmp/image
	equal "$1 a file that grows" "$(size $disk)" $sectors
	claim "$1 is looked at again" losetup -c $disk
	equal "$1 the disk grows, too" "$(size $disk)" $((sectors + 64))
	refuse "$1 unloads while set up" unload_modules
	claim "$1 is taken down" losetup -d $disk
	claim "$1 is free" is_free loop0
	claim "$1 there is nothing to take down" fails_with "No such device or address" losetup -d $disk
	equal "$1 a free one is empty" "$(cat /sys/block/loop0/size)" 0
}

parts_of_files() {
	cp /noise /tmp/image
	claim "$1 sets up a part" losetup -o 65536 --sizelimit 131072 $disk /tmp/image
	equal "$1 offset and limit" "$(attribute loop0 offset) $(attribute loop0 sizelimit)" "65536 131072"
	equal "$1 size of the part" "$(size $disk)" 256
	equal "$1 contents of the part" "$(contents $disk)" "$(part /noise 128 256)"
	claim "$1 writes into the part" put /changed $disk count=2
	claim "$1 not behind it" fails_with "No space left" put /changed $disk count=2 seek=1
	equal "$1 the part is written, and what is behind it not" "$(part /tmp/image 128 128) $(part /tmp/image 384 64)" \
		"$(part /changed 0 128) $(part /noise 384 64)"
	losetup -d $disk
	claim "$1 sets it up for reading, a sector further" losetup -r -o 512 $disk /noise
	equal "$1 it is read only" "$(blockdev --getro $disk)" 1
	equal "$1 its contents" "$(contents $disk)" "$(part /noise 1 $sectors)"
	claim "$1 it cannot be written" fails_with "not permitted" put /changed $disk count=1
	equal "$1 nor was the file" "$(sum </noise)" "$noise"
	losetup -d $disk
	claim "$1 with larger blocks" losetup -b 4096 $disk /noise
	equal "$1 they are" "$(cat /sys/block/loop0/queue/logical_block_size)" 4096
	equal "$1 the same contents" "$(contents $disk)" "$noise"
	losetup -d $disk
	claim "$1 blocks of no such size" fails_with "Invalid argument" losetup -b 100 $disk /noise
	claim "$1 no such file" fails_with "No such file" losetup $disk /nothing
	claim "$1 no file at all" fails_with "Invalid argument" losetup $disk /dev/console
	claim "$1 it is free" is_free loop0
}

partitions() {
	cp /parted /tmp/image
	claim "$1 sets up a file with partitions" losetup -P $disk /tmp/image
	equal "$1 scanned" "$(attribute loop0 partscan)" 1
	claim "$1 has the first" has ${disk}p1
	claim "$1 has the second" has ${disk}p2
	claim "$1 has no third" lacks ${disk}p3
	equal "$1 contents of the first" "$(contents ${disk}p1)" "$(part /parted 64 1024)"
	equal "$1 contents of the second" "$(contents ${disk}p2)" "$(part /parted 2048 1024)"
	claim "$1 writes to the second" put /changed ${disk}p2 count=1
	equal "$1 it is there in the file" "$(part /tmp/image 2048 128)" "$(part /changed 0 128)"
	losetup -d $disk
	claim "$1 they are gone" lacks ${disk}p1
}

# File systems: one that is taken down while it is mounted, and on it a file that is a disk itself.
mounted() {
	empty /tmp/image
	mke2fs -F /tmp/image 2>/dev/null >/dev/null
	claim "$1 sets up a file system" losetup $disk /tmp/image
	claim "$1 mounts it" mount -t ext2 $disk /mnt
	head -c 524288 /dev/zero >/mnt/inner
	claim "$1 sets up a file of it, past the page cache" losetup --direct-io=on /dev/loop1 /mnt/inner
	equal "$1 it says so" "$(attribute loop1 dio)" 1
	claim "$1 the inner one takes what is written" put /noise /dev/loop1 count=8
	equal "$1 the inner one has it" "$(contents /dev/loop1)" "$(part /noise 0 1024)"
	equal "$1 so has its file" "$(sum </mnt/inner)" "$(part /noise 0 1024)"
	claim "$1 the outer one is taken down while in use" losetup -d $disk
	equal "$1 it will go by itself" "$(attribute loop0 autoclear)" 1
	equal "$1 and is there till then" "$(contents /dev/loop1)" "$(part /noise 0 1024)"
	refuse "$1 unloads while mounted" unload_modules
	claim "$1 the inner one is taken down" losetup -d /dev/loop1
	claim "$1 unmounts" umount /mnt
	claim "$1 it has gone by itself" becomes is_free loop0
	losetup $disk /tmp/image
	mount -t ext2 -o ro $disk /mnt
	equal "$1 its files are in the file" "$(sum </mnt/inner)" "$(part /noise 0 1024)"
	umount /mnt
	losetup -d $disk
}

control() {
	equal "$1 the next free one" "$(loop_control free)" 0
	equal "$1 adds one" "$(loop_control add 5)" 5
	claim "$1 it is there" has /dev/loop5
	claim "$1 not twice" fails_with "File exists" loop_control add 5
	losetup /dev/loop5 /noise
	claim "$1 not removed while set up" fails_with "busy" loop_control remove 5
	equal "$1 still what it was" "$(contents /dev/loop5)" "$noise"
	losetup -d /dev/loop5
	exec 7</dev/loop5
	claim "$1 not removed while open" fails_with "busy" loop_control remove 5
	exec 7<&-
	claim "$1 removed" loop_control remove 5
	claim "$1 gone" lacks /dev/loop5
	claim "$1 not twice removed" fails_with "No such device" loop_control remove 5
}

life() {
	claim "$1 loads" load_with max_loop=2 || exit 1
	equal "$1 parameter" "$(parameter max_loop)" 2
	claim "$1 has two" has /dev/loop1
	claim "$1 no third" lacks /dev/loop2
	contents_are_the_files "$1"
	parts_of_files "$1"
	partitions "$1"
	mounted "$1"
	control "$1"
	claim "$1 unloads" unload_modules
	claim "$1 all are gone" lacks /dev/loop-control
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors, each in its own half of one of two disks.
load() {
	for ks_i in 0 1; do
		empty /tmp/image$ks_i
		losetup /dev/loop$ks_i /tmp/image$ks_i
	done
	ks_jobs=''
	for ks_job in 0:0 0:12 1:0 1:12; do
		for ks_round in 1 2 3 4 5 6; do
			put /noise /dev/loop${ks_job%:*} seek=${ks_job#*:} count=12 2>/dev/null
			contents /dev/loop${ks_job%:*} skip=${ks_job#*:} count=12
		done >"/came$ks_job" &
		ks_jobs="$ks_jobs $!"
	done
	refuse "unloads under load" unload_modules
	# shellcheck disable=SC2086
	wait $ks_jobs
	equal "several write and read at once" "$(cat /came* | sort -u)" "$(part /noise 0 1536)"
	equal "all of them" "$(cat /came* | wc -l)" 24
	equal "the files have it" "$(sum </tmp/image0) $(sum </tmp/image1)" \
		"$(contents /dev/loop0) $(contents /dev/loop1)"
}

# use DISK: until nothing is behind it any more
use() {
	exec 8<>"$1"
	while [ ! -e /stop ]; do
		put /noise "$1" count=16 2>/dev/null || return 1
		contents "$1" count=16
		echo >>/used
	done
}
# A disk that is taken down while several use it: it goes when they have ended.
taken_away() {
	ks_jobs=''
	for ks_i in 1 2; do
		use /dev/loop0 >/came$ks_i &
		ks_jobs="$ks_jobs $!"
	done
	claim "is in use" becomes test -s /used
	claim "is taken down while in use" losetup -d /dev/loop0
	claim "is not removed while in use" fails_with "busy" loop_control remove 0
	rm /used
	claim "works on" becomes test -s /used
	touch /stop
	ks_failed=0
	for ks_job in $ks_jobs; do
		wait "$ks_job" || ks_failed=$((ks_failed + 1))
	done
	equal "nobody has noticed" $ks_failed 0
	claim "is free when they have ended" becomes is_free loop0
	claim "is removed" loop_control remove 0
	losetup -d /dev/loop1
}

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		loop_control add $((10 + ks_i)) || return 1
		losetup /dev/loop$((10 + ks_i)) /noise || return 1
		contents /dev/loop$((10 + ks_i)) count=2 >/dev/null || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		losetup -d /dev/loop$((10 + ks_i)) || return 1
		loop_control remove $((10 + ks_i)) || return 1
		ks_i=$((ks_i + 1))
	done
}

mkdir -p /mnt
life first
life second
life third

load_with max_loop=2
load
taken_away
balanced $devices churn
finish
