# SPDX-License-Identifier: MIT
# Loads and unloads everything a hundred times; what the kernel has left must be as before.

slab_objects() {
	for ks_cache in /sys/kernel/slab/*/shrink; do
		echo 1 >"$ks_cache"
	done
	awk '/^kmalloc/ {n += $2} END {print n}' /proc/slabinfo
}
# Pages that are neither free nor cached, nor the slab allocator's.
pages_gone() {
	awk '/^(MemTotal|MemFree|Cached|Slab):/ {v[$1] = $2} END {print (v["MemTotal:"] - v["MemFree:"] - v["Cached:"] - v["Slab:"]) / 4}' \
		/proc/meminfo
}
many() {
	ks_i=0
	while [ $ks_i -lt "$1" ]; do
		load_modules || return 1
		unload_modules || return 1
		ks_i=$((ks_i + 1))
	done
	sleep 2
}

claim "loads and unloads" many 10
objects_grown="" pages_grown=""
for round in 1 2 3; do
	objects=$(slab_objects)
	pages=$(pages_gone)
	claim "thirty-four times more, round $round" many 34
	objects_grown="$objects_grown $(($(slab_objects) - objects))"
	pages_grown="$pages_grown $(($(pages_gone) - pages))"
done
# The kernel itself takes some pages and keeps them; only a leak takes one at each load in every round.
# shellcheck disable=SC2086
claim "no slab object stays (rounds:$objects_grown)" once_below 30 $objects_grown
# shellcheck disable=SC2086
claim "no page stays (rounds:$pages_grown)" once_below 30 $pages_grown
