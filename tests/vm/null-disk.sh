# SPDX-License-Identifier: MIT
# Uses disks of kind "nullb", made by parameters and by folders of configfs, as a person would. The modules may be
# the stock driver or the isolated one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
folder=/sys/kernel/config/nullb
sectors=2048 # of the disks made here: 1 MiB
has() { [ -b "/dev/$1" ]; }
lacks() { [ ! -e "/dev/$1" ]; }
sum() { md5sum | cut -c1-32; }
# contents DISK WORD...: a checksum of what the disk itself has
contents() {
	ks_device=/dev/$1
	shift
	dd if="$ks_device" bs=64k iflag=direct "$@" 2>/dev/null | sum
}
# put FILE DISK WORD...: past the page cache
put() {
	ks_from=$1 ks_device=/dev/$2
	shift 2
	dd if="$ks_from" of="$ks_device" bs=64k oflag=direct conv=notrunc "$@"
}
attribute() { cat "$folder/$1/$2"; }
# adjust DISK ATTRIBUTE VALUE
adjust() { echo "$3" >"$folder/$1/$2"; }
# make DISK ATTRIBUTE=VALUE...: in memory
make() {
	ks_disk=$1
	shift
	mkdir "$folder/$ks_disk" || return 1
	for ks_word in size=1 memory_backed=1 blocksize=512 "$@" power=1; do
		adjust "$ks_disk" "${ks_word%%=*}" "${ks_word#*=}" || return 1
	done
}
drop() { rmdir "$folder/$1"; }
read_sector() { dd if="/dev/$1" bs=512 skip="$2" count=1 iflag=direct of=/dev/null; }

head -c $((512 * sectors)) /dev/urandom >/noise
noise=$(sum </noise)
zeros=$(head -c $((512 * sectors)) /dev/zero | sum)
# Sectors that begin and end inside of pages.
cp /noise /changed
dd if=/noise of=/changed bs=512 skip=100 seek=7 count=27 conv=notrunc 2>/dev/null
changed=$(sum </changed)
cp /noise /discarded
dd if=/dev/zero of=/discarded bs=4k seek=16 count=32 conv=notrunc 2>/dev/null

# by_parameters LIFE: the two that are there when the module is loaded
by_parameters() {
	equal "$1 parameters" "$(parameter nr_devices) $(parameter queue_mode) $(parameter irqmode) $(parameter memory_backed)" \
		"2 0 2 Y"
	claim "$1 has two disks" has nullb1
	claim "$1 no third" lacks nullb2
	equal "$1 size" "$(cat /sys/block/nullb0/size)" 2097152
	equal "$1 block size" "$(cat /sys/block/nullb0/queue/logical_block_size)" 4096
	claim "$1 the first takes what is written" put /noise nullb0 seek=100
	equal "$1 the first has it" "$(contents nullb0 skip=100 count=16)" "$noise"
	equal "$1 the second has zeros" "$(contents nullb1 skip=100 count=16)" "$zeros"
	claim "$1 a folder cannot have the name of a disk" fails_with "File exists" mkdir $folder/nullb1
	exec 7</dev/nullb0
	refuse "$1 unloads while one is open" unload_modules
	exec 7<&-
}

# works LIFE DISK WHAT: what is written is what is read
works() {
	equal "$1 $3: size" "$(cat "/sys/block/$2/size")" $sectors
	equal "$1 $3: zeros at first" "$(contents "$2")" "$zeros"
	claim "$1 $3: writes" put /noise "$2"
	equal "$1 $3: reads the same" "$(contents "$2")" "$noise"
	claim "$1 $3: writes sectors" dd if=/noise of="/dev/$2" bs=512 skip=100 seek=7 count=27 oflag=direct conv=notrunc
	equal "$1 $3: has them, and around them what was" "$(contents "$2")" "$changed"
}

refusals() {
	claim "$1 no size" fails_with "Invalid argument" adjust fast size many
	claim "$1 is in use, its size stays" fails_with "busy" adjust fast size 4
	mkdir $folder/wrong
	adjust wrong queue_mode 1
	claim "$1 a mode that there is no longer" fails_with "Invalid argument" adjust wrong power 1
	adjust wrong queue_mode 2
	adjust wrong blocksize 300
	claim "$1 blocks of no such size" fails_with "Invalid argument" adjust wrong power 1
	claim "$1 it is not there" lacks wrong
	adjust wrong blocksize 4096
	claim "$1 with all right" adjust wrong power 1
	claim "$1 it is" has wrong
	claim "$1 a name only once" fails_with "File exists" mkdir $folder/wrong
	claim "$1 goes" drop wrong
}

# bad_blocks LIFE DISK
bad_blocks() {
	claim "$1 $2 marks blocks as bad" adjust "$2" badblocks +16-23
	claim "$1 $2 and more" adjust "$2" badblocks +40-40
	equal "$1 $2 which are bad" "$(attribute "$2" badblocks | tr '\n' ' ')" "16 8 40 1 "
	claim "$1 $2 a bad one cannot be read" fails_with "Input/output error" read_sector "$2" 18
	claim "$1 $2 nor written" fails_with "Input/output error" put /noise "$2" count=1
	claim "$1 $2 the one before can" read_sector "$2" 15
	claim "$1 $2 the one behind can" read_sector "$2" 24
	claim "$1 $2 a range that ends before it begins" fails_with "Invalid argument" adjust "$2" badblocks +9-5
	claim "$1 $2 a range without a sign" fails_with "Invalid argument" adjust "$2" badblocks 9-12
	claim "$1 $2 marks them as good" adjust "$2" badblocks -16-23
	claim "$1 $2 it can be read again" read_sector "$2" 18
	equal "$1 $2 one is left" "$(attribute "$2" badblocks)" "40 1"
	claim "$1 $2 marks it as good" adjust "$2" badblocks -40-40
	equal "$1 $2 has what it had" "$(contents "$2")" "$changed"
}

# features LIFE: what needs no other mode
features() {
	refusals "$1"
	claim "$1 makes one that discards" make sparse queue_mode=2 irqmode=1 discard=1
	claim "$1 writes there" put /noise sparse
	claim "$1 discards" blkdiscard -o 64k -l 128k /dev/sparse
	equal "$1 reads zeros there" "$(contents sparse)" "$(sum </discarded)"
	claim "$1 makes one with a cache" make cached queue_mode=2 irqmode=1 cache_size=1
	works "$1" cached "with a cache"
	claim "$1 flushes it" put /noise cached conv=fsync,notrunc
	equal "$1 has it behind the cache" "$(contents cached)" "$noise"
	claim "$1 makes one with a limit" make slow queue_mode=2 irqmode=1 mbps=100
	works "$1" slow "with a limit"
	for ks_disk in sparse cached slow; do
		claim "$1 removes $ks_disk" drop $ks_disk
	done
}

# life NAME KIND...: by name, mode and completion
life() {
	ks_life=$1
	shift
	claim "$ks_life loads" load_with nr_devices=2 gb=1 bs=4096 queue_mode=0 irqmode=2 memory_backed=1 || exit 1
	claim "$ks_life mounts configfs" mount -t configfs config /sys/kernel/config
	by_parameters "$ks_life"
	claim "$ks_life lists its features" grep -q memory_backed $folder/features
	ks_disks=''
	for ks_kind; do
		ks_disk=${ks_kind%%:*} ks_kind=${ks_kind#*:}
		ks_calls=$(runtime crossings_to_driver)
		claim "$ks_life makes $ks_disk" make "$ks_disk" queue_mode="${ks_kind%:*}" irqmode="${ks_kind#*:}"
		works "$ks_life" "$ks_disk" "mode ${ks_kind%:*}, completion ${ks_kind#*:}"
		claim "$ks_life each request crosses" crossed "$ks_calls" 48
		bad_blocks "$ks_life" "$ks_disk"
		ks_disks="$ks_disks $ks_disk"
	done
	[ "$ks_life" != first ] || features "$ks_life"
	claim "$ks_life switches one off" adjust fast power 0
	claim "$ks_life which goes" lacks fast
	claim "$ks_life switches it on" adjust fast power 1
	equal "$ks_life it has what it had" "$(contents fast)" "$changed"
	claim "$ks_life removes it" drop fast
	claim "$ks_life makes it again" make fast queue_mode=0 irqmode=0
	equal "$ks_life it is another" "$(contents fast)" "$zeros"
	refuse "$ks_life unloads with disks" unload_modules
	for ks_disk in $ks_disks; do
		claim "$ks_life removes $ks_disk" drop "$ks_disk"
	done
	claim "$ks_life they are gone" lacks fast
	umount /sys/kernel/config
	claim "$ks_life unloads" unload_modules
	claim "$ks_life all are gone" lacks nullb0
	equal "$ks_life modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors, each in its own half of one of two disks.
load() {
	make first queue_mode=2 irqmode=2 submit_queues=2
	make second queue_mode=0 irqmode=1
	ks_jobs=''
	for ks_job in first:0 first:8 second:0 second:8; do
		for ks_round in 1 2 3 4 5 6; do
			put /noise ${ks_job%:*} seek=${ks_job#*:} count=8 2>/dev/null
			contents ${ks_job%:*} skip=${ks_job#*:} count=8
		done >"/came$ks_job" &
		ks_jobs="$ks_jobs $!"
	done
	# shellcheck disable=SC2086
	wait $ks_jobs
	equal "several write and read at once" "$(cat /came* | sort -u)" "$(head -c $((256 * sectors)) /noise | sum)"
	equal "all of them" "$(cat /came* | wc -l)" 24
}

# read_on DISK: until it cannot any more
read_on() {
	while dd if="/dev/$1" bs=64k iflag=direct of=/dev/null 2>/dev/null; do
		echo >>"/reads.$1"
	done
}
# write_on DISK: until it cannot any more, with the disk open all the time. By its own name it would be made as a
# file once it is gone.
write_on() {
	exec 8<>"/dev/$1"
	while dd if=/noise of=/proc/self/fd/8 bs=64k count=16 conv=fsync,notrunc 2>/dev/null; do
		echo >>"/writes.$1"
	done
}
# taken_away DISK COMMAND...: by the command, while it is read and written
taken_away() {
	ks_disk=$1
	shift
	rm -f "/reads.$ks_disk" "/writes.$ks_disk"
	ks_jobs=''
	for ks_job in read_on read_on write_on; do
		$ks_job "$ks_disk" &
		ks_jobs="$ks_jobs $!"
	done
	claim "$ks_disk is read and written" becomes test -s "/reads.$ks_disk" -a -s "/writes.$ks_disk"
	claim "$ks_disk is taken away meanwhile: $*" "$@"
	# shellcheck disable=SC2086
	wait $ks_jobs
	claim "$ks_disk is gone" lacks "$ks_disk"
}

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		make churn$ks_i queue_mode=$((ks_i % 2 * 2)) irqmode=$((ks_i % 3)) || return 1
		put /noise churn$ks_i count=2 2>/dev/null || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		drop churn$ks_i || return 1
		ks_i=$((ks_i + 1))
	done
}

life first plain:0:0 fast:2:0
life second timely:0:2 fast:2:1
life third softly:0:1 fast:2:2

load_with nr_devices=0
mount -t configfs config /sys/kernel/config
load
taken_away first drop first
taken_away second adjust second power 0
claim "the second comes back" adjust second power 1
claim "the second takes what is written" put /noise second
equal "the second has it" "$(contents second)" "$noise"
drop second
balanced $devices churn
umount /sys/kernel/config
finish
