#!/bin/sh
# SPDX-License-Identifier: MIT
# pipelines/module takes any form of folder, writes nothing into it, does nothing twice, and says in one line why it
# cannot take one.
set -eu
[ -e out/linux/vmlinux ] || exit 77
folder=$PWD/out/test/module-forms
rm -rf "$folder"
mkdir -p "$folder"
status=0
complain() {
	echo "module-forms: $*" >&2
	status=1
}
code='#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");'

# taken FILE FOLDER [OPTION...]: what is made, and nothing in the folder
taken() {
	file=$PWD/out/module/$1
	from=$2
	shift 2
	find -L "$from" | sort >"$folder/before"
	got=$(pipelines/module "$@" "$from" 2>"$folder/out") || complain "$from: $(cat "$folder/out")"
	[ "$got" = "$file" ] || complain "$from: makes '$got'"
	[ -e "$file" ] || complain "$from: $file is not there"
	find -L "$from" | sort | cmp - "$folder/before" || complain "$from: was written to"
	pipelines/module "$@" "$from" >"$folder/again" 2>&1
	[ "$(cat "$folder/again")" = "$file" ] || complain "$from: again it says $(cat "$folder/again")"
}
# refused MESSAGE FOLDER [OPTION...]: the message may be a pattern
refused() {
	message=$1
	from=$2
	shift 2
	got=0
	pipelines/module "$@" "$from" >"$folder/out" 2>&1 || got=$?
	[ $got = 2 ] || complain "$from: status $got"
	# shellcheck disable=SC2254
	case $(grep -v '^module: compiling' "$folder/out") in
	"module: error: "$message) ;;
	*) complain "$from: says $(cat "$folder/out")" ;;
	esac
}

# A Makefile for two readers, a dash, several sources, headers beside; by a path with a space, through a link.
mkdir "$folder/a b"
cp -r tests/modules/ticking-clock "$folder/a b/forms-linked"
ln -s "a b/forms-linked" "$folder/forms-link"
taken forms_link/ticking-clock.ko "$folder/forms-link"
(cd "$folder/a b/forms-linked" && echo '#error here' >>clock.c)
refused "$folder/forms-link does not compile: $folder/forms-link/clock.c:*:2: error: here" "$folder/forms-link"
# What was built there before is none of its sources.
mkdir "$folder/forms-built"
cp tests/modules/parameters-only/* "$folder/forms-built"
echo old >"$folder/forms-built/parameters_only.o"
echo old >"$folder/forms-built/.parameters_only.o.cmd"
taken forms_built/parameters_only.ko "$folder/forms-built"

# Several, one of them in a folder of its own.
mkdir -p "$folder/forms-several/inner"
echo "$code" >"$folder/forms-several/one-two.c"
echo "$code" >"$folder/forms-several/inner/three.c"
echo 'obj-m += one-two.o inner/' >"$folder/forms-several/Kbuild"
echo 'obj-m += three.o' >"$folder/forms-several/inner/Kbuild"
refused "$folder/forms-several: several modules, of which --module=NAME takes one: *one-two*" "$folder/forms-several"
taken forms_several/one-two.ko "$folder/forms-several" --module=one_two
taken forms_several/inner/three.ko "$folder/forms-several" --module=three
refused "$folder/forms-several: no module four, only *three*" "$folder/forms-several" --module=four

# No module, no symbol, no source.
mkdir "$folder/forms-none" "$folder/forms-symbol" "$folder/forms-source"
# shellcheck disable=SC2016
echo 'obj-$(CONFIG_NONE_SUCH) += a.o' >"$folder/forms-none/Kbuild"
refused "$folder/forms-none/Kbuild: obj-m names no module" "$folder/forms-none"
echo 'obj-m := a.o' | tee "$folder/forms-symbol/Kbuild" >"$folder/forms-source/Kbuild"
refused "$folder/forms-source does not compile: *No rule to make target '$folder/forms-source/a.o'*" "$folder/forms-source"
printf '%s\nint none_such(void);\nint init_module(void) { return none_such(); }\n' "$code" >"$folder/forms-symbol/a.c"
refused "$folder/forms-symbol does not compile: ERROR: modpost: \"none_such\" *" "$folder/forms-symbol"
exit $status
