# SPDX-License-Identifier: MIT
is_there() { grep -qs "^$1\$" /proc/[0-9]*/comm; }
many() {
	for ks_number in 1 2 3 4 5 6 7 8 9 10; do
		echo $ks_number >/dev/ks_worker || return 1
	done
}
claim "loads" load_modules
claim "its thread is there" is_there ks_worker
claim "the node is there" test -c /dev/ks_worker || {
	unload_modules
	exit 1
}
equal "nothing is summed up" "$(cat /dev/ks_worker)" 0
claim "takes a number" sh -c 'echo 40 >/dev/ks_worker'
claim "takes another" sh -c 'echo 2 >/dev/ks_worker'
equal "they are summed up" "$(cat /dev/ks_worker)" 42
refuse "what is no number is not taken" sh -c 'echo many >/dev/ks_worker'
claim "takes many" many
equal "all are summed up" "$(cat /dev/ks_worker)" 97
claim "unloads" unload_modules
refuse "its thread is gone" is_there ks_worker
