# SPDX-License-Identifier: MIT
# What the scripts of drivers share: what ks-rt counts, and that nothing is left of what comes and goes.
# shellcheck shell=sh

# Of ks-rt; nothing if the stock driver runs.
runtime() { [ ! -e /sys/module/ks_rt ] || cat "/sys/module/ks_rt/parameters/$1"; }
runtime_objects() { echo "$(runtime live_objects) $(runtime shadows) $(runtime messages_in_use)"; }
# Those of memory that the kernel frees in bulk: ks-rt hears of that when it is allocated and freed again. A script whose
# driver has such objects says how many the kernel keeps.
ks_freed_in_bulk=0
few_retired() { [ -z "$1" ] || [ "$(runtime retired)" -le $(($1 + ks_freed_in_bulk)) ]; }
# crossed SINCE COUNT: that many calls of the driver since then, at least; of the stock driver any
crossed() { [ -z "$1" ] || [ $(($(runtime crossings_to_driver) - $1)) -ge "$2" ]; }

# load_with NAME=VALUE...: all modules; whichever has a parameter of that name gets it.
load_with() {
	while read -r ks_module; do
		[ -e "/parameters.$ks_module" ] || tr '\0' '\n' <"/mod/$ks_module.ko" |
			sed -n 's/^parm\(type\)\?=\([^:]*\):.*/\2/p' >"/parameters.$ks_module"
		ks_given=''
		for ks_word; do
			! grep -qx "${ks_word%%=*}" "/parameters.$ks_module" || ks_given="$ks_given $ks_word"
		done
		# shellcheck disable=SC2086
		insmod "/mod/$ks_module.ko" $ks_given || return 1
	done </mod/order
}
# parameter NAME: of whichever module has it
parameter() { cat /sys/module/*/parameters/"$1"; }
# fails_with WORDS COMMAND...: it fails, and says why
fails_with() {
	ks_why=$1
	shift
	if ks_said=$("$@" 2>&1); then
		echo accepted
		return 1
	fi
	case $ks_said in
	*"$ks_why"*) ;;
	*)
		echo "$ks_said"
		return 1
		;;
	esac
}
# becomes COMMAND...: it succeeds sooner or later
becomes() {
	ks_tries=0
	until "$@" >/dev/null 2>&1; do
		ks_tries=$((ks_tries + 1))
		[ $ks_tries -lt 1000 ] || return 1
		sleep 0.1
	done
}

# Objects in a processor's current slab count as in use, used or not: caches are shrunk first.
slab_objects() {
	for ks_cache in /sys/kernel/slab/*kmalloc*/shrink; do
		echo 1 >"$ks_cache"
	done
	awk '/^kmalloc/ {n += $2} END {print n}' /proc/slabinfo
}

# Much is freed after a grace period: waits until nothing changes any more.
settle() {
	ks_tries=0
	until sleep 2; ks_before=$ks_now; ks_now=$(slab_objects); [ "$ks_now" = "$ks_before" ]; do
		ks_tries=$((ks_tries + 1))
		[ $ks_tries -lt 10 ] || return 0
	done
}

# balanced COUNT COMMAND...: each time the command makes so many things and takes them away, what they allocate goes
# with them. Other parts of the kernel allocate and free late, but only a leak adds an object per thing in
# every round: one round without growth is enough.
balanced() {
	ks_count=$1 ks_grown=''
	shift
	"$@"
	settle
	ks_objects=$(runtime_objects)
	ks_retired=$(runtime retired)
	for ks_round in 1 2 3 4 5 6; do
		ks_slabs=$(slab_objects)
		claim "they come and go, round $ks_round" "$@"
		settle
		ks_slabs=$(($(slab_objects) - ks_slabs))
		ks_grown="$ks_grown $ks_slabs"
		[ "$ks_slabs" -ge $((ks_count / 2)) ] || break
	done
	equal "runtime objects are as before" "$(runtime_objects)" "$ks_objects"
	claim "no object stays retired" few_retired "$ks_retired"
	# shellcheck disable=SC2086
	claim "no object of each stays (rounds:$ks_grown)" once_below $((ks_count / 2)) $ks_grown
}

# The last claims of a script. A test may have some of its own, of while the runtime is there: before_the_end.
finish() {
	! command -v before_the_end >/dev/null || before_the_end
	if [ -n "$(runtime stopped_domains)" ]; then
		equal "no domain was stopped" "$(runtime stopped_domains)" 0
		echo "KS SAYS $(runtime crossings_to_driver) crossings to the driver, $(runtime crossings_to_kernel) to the kernel"
	fi
	claim "unloads at the end" unload_modules
}
