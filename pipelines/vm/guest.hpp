// SPDX-License-Identifier: MIT
// What every guest runs round the test's own script: /init, and the shell functions a
// script may use.

#pragma once

#include <string_view>

namespace ks::vm {

inline constexpr std::string_view guest_init = R"(#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
export PATH=/tools:/bin
if sh -c '. /ks.sh; . /guest.sh'; then
	echo "KS END"
else
	echo "KS FAIL script ended with status $?"
fi
sleep 1 # for what is still on its way to the console
poweroff -f
)";

// claim NAME COMMAND...   KS PASS NAME if the command succeeds, else KS FAIL with its words
// refuse NAME COMMAND...  the same for a command that must not succeed
// equal NAME A B          the two are the same text
// once_below LIMIT VALUE...   succeeds if one of the values is below the limit
// load_modules, unload_modules, loaded_modules   those given with --module, in that order
// The tools given with --tool come before busybox's own of that name.
inline constexpr std::string_view guest_functions = R"(for ks_tool in /tools/*; do
	case ${ks_tool##*/} in
	*[!A-Za-z0-9_]*) ;; # the name of no function, nor of a program of busybox's
	*) [ -x "$ks_tool" ] && eval "${ks_tool##*/}() { $ks_tool \"\$@\"; }" ;;
	esac
done
claim() {
	ks_name=$1
	shift
	if ks_words=$("$@" 2>&1); then
		echo "KS PASS $ks_name"
	else
		echo "KS FAIL $ks_name: $* says:" $ks_words
		return 1
	fi
}
refuse() {
	ks_name=$1
	shift
	if ks_words=$("$@" 2>&1); then
		echo "KS FAIL $ks_name: $* was accepted"
		return 1
	fi
	echo "KS PASS $ks_name"
}
equal() {
	if [ "$2" = "$3" ]; then
		echo "KS PASS $1"
	else
		echo "KS FAIL $1: '$2' is not '$3'"
		return 1
	fi
}
load_modules() {
	while read -r ks_module; do
		insmod "/mod/$ks_module.ko" || return 1
	done </mod/order
}
unload_modules() {
	for ks_module in $(tac /mod/order | tr - _); do
		rmmod "$ks_module" || return 1
	done
}
once_below() {
	ks_limit=$1
	shift
	for ks_value; do
		[ "$ks_value" -ge "$ks_limit" ] || return 0
	done
	return 1
}
loaded_modules() {
	cut -d' ' -f1 /proc/modules | sort | tr '\n' ' '
}
)";

} // namespace ks::vm
