# SPDX-License-Identifier: MIT
ticked() { cat /dev/ks_clock; }
# After a second at most.
reaches() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(ticked)" != "$1" ] || return 0
		sleep 0.1
	done
	return 1
}
claim "loads" load_modules
claim "the node is there" test -c /dev/ks_clock || {
	unload_modules
	exit 1
}
equal "has not ticked" "$(ticked)" 0
claim "is started" sh -c 'echo 5 >/dev/ks_clock'
claim "ticks so often" reaches 5
claim "is started again" sh -c 'echo 3 >/dev/ks_clock'
claim "goes on counting" reaches 8
refuse "what is no number is not taken" sh -c 'echo often >/dev/ks_clock'
claim "is started for long" sh -c 'echo 1000000 >/dev/ks_clock'
claim "unloads while it ticks" unload_modules
refuse "the node is gone" test -e /dev/ks_clock
