#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: planted-modules.sh INTO
# Makes the driver's module with the planted faults, for vmfunc, in the folder INTO: INTO/dummy_driver.ko.
# Its kernel's end and the runtime are the pipeline's.
set -eu
into=$1
kernel=out/linux
name=dummy
from=out/pipeline/$name
rm -rf "$into"
mkdir -p "$into"

sed 's/[\\"'\'']/\\&/g' out/pipeline/lists/flags >"$into/words"
(
	cd $kernel
	clang-22 @"$into/words" -I. -DKBUILD_BASENAME="\"$name\"" -DKBUILD_MODNAME="\"$name\"" \
		-D__KBUILD_MODNAME=kmod_$name -Xclang -disable-llvm-passes -emit-llvm -c -o "$into/$name.bc" \
		../../tests/vm/planted_faults.c
)
# The driver calls the runtime past its glue, which no driver could.
cp -r "$from/modules/c" "$into/c"
echo 'ks_inside_request ks_inside_request' >>"$into/c/$name.symbols"
pipelines/isolate --tools=out/build/bin --kernel=$kernel --flags=out/pipeline/lists/flags \
	--units=out/pipeline/lists/units --c="$into/c" --name=$name --transport=vmfunc \
	-o "$into/${name}_isolated.o_shipped" "$into/$name.bc"
cp "$from/modules-vmfunc/Kbuild" "$into/"
make -s -C $kernel M="$into" LLVM=-22 KS_ROOT="$PWD" \
	KBUILD_EXTRA_SYMBOLS="$PWD/out/pipeline/vmfunc/ks-rt/linux/Module.symvers" modules
