#!/bin/sh
# SPDX-License-Identifier: MIT
# What the table says about the kernel's headers is so: after what it needs, or in the place of
# another, each can be included in a module.
set -eu
[ -e out/linux/vmlinux ] && [ -e out/pipeline/lists/flags ] || exit 77

mkdir -p out/test
sed 's/[\\"'\'']/\\&/g' out/pipeline/lists/flags >out/test/headers.words
root=$PWD
status=0
# Those of a folder are not looked up: the one they need is.
awk -F'\t' '$2 == "before" || $2 == "instead" { print $2, $1, $3 }' pipelines/known/headers >out/test/headers.pairs
[ -s out/test/headers.pairs ]
while read -r kind header other; do
	case $kind$header in
	before*/) text="#include <$other>" ;;
	before*) text="#include <$other>
#include <$header>" ;;
	instead*) text="#include <$other>" ;;
	esac
	printf '#include <linux/module.h>\n%s\n' "$text" |
		env -C out/linux clang-22 @"$root/out/test/headers.words" -I. -w -DKBUILD_MODNAME='"test"' \
			-D__KBUILD_MODNAME=kmod_test -fsyntax-only -x c - || {
		echo "headers: $header cannot be included after $other"
		status=1
	}
done <out/test/headers.pairs
exit $status
