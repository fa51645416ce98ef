#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh ROOT GLUE MAIN OUTPUT [LINKER-OPTION...]: the paper driver behind the glue in folder
# GLUE and the subsystem in front of it, in one process with MAIN, under the sanitizers.
set -eu
root=$1 glue=$2 main=$3 output=$4
shift 4
inputs=$root/tests/pipeline/Inputs
runtime=$(awk -F '\t' -v folder="$root/ks-rt/" '$2 == "all" { print folder $1 }' "$root/ks-rt/sources")
flags="-std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all
-I$root -I$inputs -I$inputs/include -I$glue"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The driver as it is, its imports and its init and exit renamed as the glue wants them.
gcc $flags -c "$inputs/paper.c" -o "$work/driver.o"
objcopy --redefine-syms="$glue/paper.symbols" "$work/driver.o"
objcopy --globalize-symbols="$glue/paper.globalize" "$work/driver.o"
for undefined in $(nm -u "$work/driver.o" | sed 's/.* //; /^__asan_/d; /^__ubsan_/d'); do
	case $undefined in
	ks_*) ;;
	*) echo "the driver would link to $undefined" >&2 && exit 1 ;;
	esac
done
gcc $flags "$main" "$inputs/library.c" "$inputs/shelf_kernel.c" "$glue"/paper_driver.c \
	"$glue"/paper_kernel.c "$work/driver.o" $runtime -lpthread -o "$output" "$@"
