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
grew_less() { [ $(($2 - $1)) -lt "$3" ]; }

claim "loads and unloads" many 10
objects=$(slab_objects)
pages=$(pages_gone)
claim "a hundred times" many 100
later=$(slab_objects)
later_pages=$(pages_gone)
claim "no slab object stays ($objects, then $later)" grew_less "$objects" "$later" 50
claim "no page stays ($pages, then $later_pages)" grew_less "$pages" "$later_pages" 50
