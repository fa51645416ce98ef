#!/bin/sh
# SPDX-License-Identifier: MIT
# The driver's module names no symbol of the kernel, and linking says so if it would.
set -eu
name=dummy
from=out/pipeline/$name/modules
[ -e out/linux/vmlinux ] && [ -e out/pipeline/lists/units ] || exit 77

strange=$(llvm-nm-22 -u "$from/${name}_driver.ko" | awk '{print $2}' | grep -v '^ks_' || true)
[ -z "$strange" ] || {
	echo "linked-symbols: the module names $strange"
	exit 1
}

# Without its new name, an import would be the kernel's own function.
into=out/test/linked-symbols
rm -rf "$into"
mkdir -p "$into"
cp -r "$from/c" "$into/c"
grep -v '^rtnl_lock ' "$from/c/$name.symbols" >"$into/c/$name.symbols"
got=0
pipelines/isolate --tools=out/build/bin --kernel=out/linux --flags=out/pipeline/lists/flags \
	--units=out/pipeline/lists/units --c="$into/c" --name=$name -o "$into/$name.o" \
	out/linux/drivers/net/$name.o >"$into/out" 2>&1 || got=$?
[ $got = 2 ]
[ ! -e "$into/$name.o" ]
grep -qx "drivers/net/$name.c:[0-9]*: error: rtnl_lock: the driver names it, and nothing stands for it" "$into/out"

# What assembly names ks-link does not see; a name like the runtime's does not make it the runtime's.
cp "$from/c/$name.symbols" "$into/c/$name.symbols"
printf '.globl odd\nodd:\n\tcall ks_of_the_kernel\n' |
	clang-22 --target=x86_64-linux-gnu -x assembler -c -o "$into/odd.o" -
got=0
pipelines/isolate --tools=out/build/bin --kernel=out/linux --flags=out/pipeline/lists/flags \
	--units=out/pipeline/lists/units --c="$into/c" --name=$name --plain="$into/odd.o" -o "$into/$name.o" \
	out/linux/drivers/net/$name.o >"$into/out" 2>&1 || got=$?
[ $got = 2 ]
[ ! -e "$into/$name.o" ]
grep -qx "isolate: error: $name: the driver's side names symbols of the kernel: ks_of_the_kernel *" "$into/out"
