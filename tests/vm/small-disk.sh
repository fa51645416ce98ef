# SPDX-License-Identifier: MIT
# Uses disks that compress, in memory, as a person would. The modules may be the stock driver or the isolated one:
# every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
disk=/dev/zram0
control=/sys/class/zram-control
pages=256 # 1 MiB
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
attribute() { cat "/sys/block/$1/$2"; }
adjust() { echo "$3" >"/sys/block/$1/$2"; }
# field DISK NUMBER: of its memory statistics
field() { awk -v n="$2" '{print $n}' "/sys/block/$1/mm_stat"; }
stored=1 compressed=2 used=3 same=6 huge=8
remove() { echo "$1" >$control/hot_remove; }

# A quarter each: what compresses, what does not, zeros, and words that are all the same.
{
	awk 'BEGIN { for (i = 0; i < 10000; i++) print "line", i, "of many that look much the same" }' | head -c $((1024 * pages))
	head -c $((1024 * pages)) /dev/urandom
	head -c $((1024 * pages)) /dev/zero
	yes abcdefg | head -c $((1024 * pages))
} >/mixed
mixed=$(sum </mixed)
zeros=$(head -c $((4096 * pages)) /dev/zero | sum)
cp /mixed /discarded
dd if=/dev/zero of=/discarded bs=4k seek=16 count=64 conv=notrunc 2>/dev/null
discarded=$(sum </discarded)

# compresses LIFE DISK ALGORITHM
compresses() {
	claim "$1 $2 chooses $3" adjust "$2" comp_algorithm "$3"
	claim "$1 $2 has chosen $3" sh -c "grep -q '\[$3\]' /sys/block/$2/comp_algorithm"
	claim "$1 $2 gets a size" adjust "$2" disksize $((4096 * pages))
	equal "$1 $2 has it" "$(attribute "$2" disksize) $(attribute "$2" size) $(attribute "$2" initstate)" \
		"$((4096 * pages)) $((8 * pages)) 1"
	equal "$1 $2 reads as zeros" "$(contents "/dev/$2")" "$zeros"
	equal "$1 $2 keeps nothing for that" "$(field "$2" $stored) $(field "$2" $compressed)" "0 0"
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 $2 takes what is written" put /mixed "/dev/$2"
	equal "$1 $2 has it" "$(contents "/dev/$2")" "$mixed"
	claim "$1 $2 each request crosses" crossed "$ks_calls" $((pages / 8))
	equal "$1 $2 counts what is kept" "$(field "$2" $stored)" $((4096 * pages))
	equal "$1 $2 counts what is the same" "$(field "$2" $same)" $((pages / 2))
	equal "$1 $2 counts what does not compress" "$(field "$2" $huge)" $((pages / 4))
	claim "$1 $2 the rest does" between $((1024 * pages)) "$(field "$2" $compressed)" $((1024 * pages * 7 / 4))
	claim "$1 $2 uses memory for that" between "$(field "$2" $compressed)" "$(field "$2" $used)" $((1024 * pages * 9 / 4))
}
between() { [ "$1" -lt "$2" ] && [ "$2" -lt "$3" ]; }

refusals() {
	claim "$1 an algorithm that there is not" fails_with "Invalid argument" adjust zram0 comp_algorithm nothing
	claim "$1 no size" fails_with "Invalid argument" adjust zram0 disksize 0
	equal "$1 nothing is read without a size" "$(cat $disk | wc -c)" 0
	claim "$1 nothing is written without one" fails_with "No space left" put /mixed $disk
	claim "$1 nothing to compact" fails_with "Invalid argument" adjust zram0 compact 1
}

in_use() {
	claim "$1 another size is refused" fails_with "busy" adjust zram0 disksize 4096
	claim "$1 another algorithm is refused" fails_with "busy" adjust zram0 comp_algorithm lz4
	exec 7<$disk
	claim "$1 reset is refused while it is open" fails_with "busy" adjust zram0 reset 1
	claim "$1 it is not removed" fails_with "busy" remove 0
	refuse "$1 unloads while in use" unload_modules
	exec 7<&-
	equal "$1 has what it had" "$(contents $disk)" "$mixed"
}

# Half of the pages go, so that much of the rest can move together.
compaction() {
	claim "$1 discards" blkdiscard -o 64k -l 256k $disk
	equal "$1 has the rest" "$(contents $disk)" "$discarded"
	equal "$1 counts that" "$(field zram0 $stored)" $((4096 * (pages - 64)))
	claim "$1 takes it again" put /mixed $disk
	ks_page=0
	while [ $ks_page -lt 64 ]; do
		blkdiscard -o $((4096 * ks_page)) -l 4096 $disk
		ks_page=$((ks_page + 2))
	done
	ks_before=$(field zram0 $used)
	ks_half=$(contents $disk)
	claim "$1 compacts" adjust zram0 compact 1
	equal "$1 has what it had, compacted" "$(contents $disk)" "$ks_half"
	claim "$1 uses no more than before" [ "$(field zram0 $used)" -le "$ks_before" ]
	claim "$1 sets a limit" adjust zram0 mem_limit 64K
	claim "$1 which is kept" fails_with "Input/output error" put /mixed $disk
	claim "$1 takes it away" adjust zram0 mem_limit 0
	claim "$1 takes all again" put /mixed $disk
	equal "$1 has it all" "$(contents $disk)" "$mixed"
}

# More of them, which come and go.
others() {
	equal "$1 makes another" "$(cat $control/hot_add)" 1
	claim "$1 it is there" has /dev/zram1
	compresses "$1" zram1 lz4
	equal "$1 makes a third" "$(cat $control/hot_add)" 2
	claim "$1 removes it" remove 2
	claim "$1 not twice" fails_with "No such device" remove 2
	claim "$1 nor what is no number" fails_with "Invalid argument" remove x
	claim "$1 removes the other with what it has" remove 1
	claim "$1 it is gone" lacks /dev/zram1
	equal "$1 the first has what it had" "$(contents $disk)" "$mixed"
}

mounted() {
	adjust zram0 disksize $((4096 * pages))
	claim "$1 makes a file system" mke2fs -F -b 4096 $disk
	claim "$1 mounts it" mount -t ext2 $disk /mnt
	cp /guest.sh /ks.sh /mnt
	head -c 300000 /mixed >/mnt/mixed
	ks_files=$(cd /mnt && md5sum guest.sh ks.sh mixed)
	claim "$1 unmounts it" umount /mnt
	claim "$1 forgets its buffers" blockdev --flushbufs $disk
	claim "$1 mounts it again" mount -t ext2 -o ro $disk /mnt
	equal "$1 has its files" "$(cd /mnt && md5sum guest.sh ks.sh mixed)" "$ks_files"
	claim "$1 reset is refused while mounted" fails_with "busy" adjust zram0 reset 1
	umount /mnt
	adjust zram0 reset 1
	adjust zram0 disksize $((4096 * pages))
	claim "$1 makes swap" mkswap $disk
	claim "$1 swaps to it" swapon $disk
	claim "$1 it is not removed" fails_with "busy" remove 0
	claim "$1 no longer swaps" swapoff $disk
}

# life NAME ALGORITHM
life() {
	claim "$1 loads" load_with num_devices=1 || exit 1
	claim "$1 has a disk" has $disk
	claim "$1 no second" lacks /dev/zram1
	equal "$1 without a size" "$(attribute zram0 disksize) $(attribute zram0 initstate)" "0 0"
	refusals "$1"
	compresses "$1" zram0 "$2"
	in_use "$1"
	compaction "$1"
	others "$1"
	claim "$1 resets it" adjust zram0 reset 1
	equal "$1 has no size" "$(attribute zram0 disksize) $(attribute zram0 initstate) $(attribute zram0 size)" "0 0 0"
	equal "$1 keeps nothing" "$(field zram0 $stored) $(field zram0 $compressed) $(field zram0 $used)" "0 0 0"
	mounted "$1"
	claim "$1 unloads with what it has" unload_modules
	claim "$1 it is gone" lacks $disk
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors, each in its own half of one of two disks.
load() {
	adjust zram0 comp_algorithm lzo
	adjust zram1 comp_algorithm lz4
	adjust zram0 disksize $((4096 * pages))
	adjust zram1 disksize $((4096 * pages))
	exec 7<$disk
	ks_jobs=''
	for ks_job in 0:0 0:8 1:0 1:8; do
		for ks_round in 1 2 3 4; do
			put /mixed /dev/zram${ks_job%:*} seek=${ks_job#*:} count=8 2>/dev/null
			contents /dev/zram${ks_job%:*} skip=${ks_job#*:} count=8
		done >"/came$ks_job" &
		ks_jobs="$ks_jobs $!"
	done
	refuse "unloads under load" unload_modules
	claim "is not removed under load" fails_with "busy" remove 0
	claim "is not reset under load" fails_with "busy" adjust zram0 reset 1
	claim "is compacted under load" adjust zram0 compact 1
	# shellcheck disable=SC2086
	wait $ks_jobs
	exec 7<&-
	equal "several write and read at once" "$(cat /came* | sort -u)" "$(head -c $((2048 * pages)) /mixed | sum)"
	equal "all of them" "$(cat /came* | wc -l)" 16
}

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ks_new=$(cat $control/hot_add) || return 1
		adjust "zram$ks_new" disksize $((4096 * pages)) || return 1
		put /mixed "/dev/zram$ks_new" count=2 || return 1
		ks_i=$((ks_i + 1))
	done
	while [ $ks_i -gt 0 ]; do
		ks_i=$((ks_i - 1))
		remove $((ks_i + 2)) || return 1
	done
}

mkdir -p /mnt
life first lzo-rle
life second lz4
life third lzo

load_with num_devices=2
load
balanced $devices churn
finish
