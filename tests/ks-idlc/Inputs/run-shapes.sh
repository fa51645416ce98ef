#!/bin/sh
# SPDX-License-Identifier: MIT
# run-shapes.sh ROOT RUNTIME GLUE CC: builds both ends of shapes.idl into one process under the sanitizers, and runs it.
set -eu
root=$1 runtime=$2 glue=$3 cc=$4
inputs=$root/tests/ks-idlc/Inputs
flags="-std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all
-I$root -I$inputs -I$glue"
$cc $flags -fno-sanitize=all -c "$inputs/shapes_module.c" -o driver.o
objcopy --redefine-syms="$glue/shapes.symbols" driver.o
objcopy --globalize-symbols="$glue/shapes.globalize" driver.o
$cc $flags -c "$glue/shapes_driver.c" -o glue.o
$cc $flags -c "$inputs/shapes_library.c" -o library.o
# In one process with the stubs that the kernel's end exports, the driver's exports must be its own.
ld -r driver.o glue.o library.o -o end.o
objcopy --localize-symbol=validate --localize-symbol=find --localize-symbol=which_lock end.o
$cc $flags "$inputs/shapes_world.c" "$glue/shapes_kernel.c" end.o $runtime -lpthread -o shapes
./shapes
