#!/bin/sh
# SPDX-License-Identifier: MIT
# The glue has no warning under -Wall -Wextra with either compiler. The kernel's own
# headers do: they count as the system's.
set -eu
name=dummy
root=$PWD
c=$root/out/pipeline/$name/modules/c
[ -e out/linux/vmlinux ] && [ -e "$c/${name}_kernel.c" ] && [ -e out/pipeline/lists/flags ] || exit 77

into=out/test/glue-warnings
rm -rf "$into"
mkdir -p "$into"
# Of the words that the kernel is compiled with: what decides the language and the code,
# not which warnings it turns off.
sed -e 's/^-I/-isystem/' -e 's/[\\"'\'']/\\&/g' out/pipeline/lists/flags |
	grep -vE '^-(W|Q)' >"$into/clang"
grep -vE '^(--target|-f(integrated-as|no-asynchronous-unwind-tables|cf-protection)|-mstack-alignment|-mskip-rax-setup)' \
	"$into/clang" >"$into/gcc"
cd out/linux
for end in kernel driver; do
	clang-22 @"$root/$into/clang" -O2 -Wall -Wextra -Werror -I"$root" -I"$c" -c \
		-o /dev/null "$c/${name}_$end.c"
	gcc @"$root/$into/gcc" -O2 -Wall -Wextra -Werror -I"$root" -I"$c" -c \
		-o /dev/null "$c/${name}_$end.c"
done
