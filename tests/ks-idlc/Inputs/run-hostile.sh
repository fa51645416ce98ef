#!/bin/sh
# SPDX-License-Identifier: MIT
# run-hostile.sh ROOT RUNTIME NAME GLUE ROUNDS: a driver's end that sends rubbish, in one process with the kernel's end.
set -eu
root=$1 runtime=$2 name=$3 glue=$4 rounds=$5
inputs=$root/tests/ks-idlc/Inputs
flags="-std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize=alignment
-fno-sanitize-recover=all -I$root -I$inputs -I$glue"
# What the driver's end does to itself is its own affair.
gcc $flags -fno-sanitize=all -c "$inputs/${name}_rubbish.c" -o driver.o
# It sends what lies deeper than there may be, too.
gcc $flags -fno-sanitize=all -DKS_DEPTH=12 -c "$glue/${name}_driver.c" -o glue.o
gcc $flags -c "$inputs/shapes_library.c" -o library.o
ld -r driver.o glue.o library.o -o end.o
objcopy --localize-symbol=validate --localize-symbol=find --localize-symbol=which_lock end.o
gcc $flags "$inputs/${name}_hostile.c" "$glue/${name}_kernel.c" end.o $runtime -lpthread \
	-Wl,--wrap=ks_call -o hostile
./hostile "$rounds" 2>log || { tail -n 60 log; exit 1; }
