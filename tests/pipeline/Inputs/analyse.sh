#!/bin/sh
# SPDX-License-Identifier: MIT
# analyse.sh ROOT: the whole pipeline on the paper driver and its kernel, from C to paper.idl, all in
# the current folder.
set -eu
inputs=$1/tests/pipeline/Inputs
for unit in paper shelf_kernel claims; do
	clang-22 -g -O2 -Xclang -disable-llvm-passes -emit-llvm -fdebug-prefix-map="$1/"= -I"$1" -I"$inputs" -I"$inputs/include" \
		-c "$inputs/$unit.c" -o $unit.bc
	ks-pdg $unit.bc -o $unit.pdg
done
printf '%s\n' shelf_kernel.pdg claims.pdg >kernel.list
ks-prune --kernel-list=kernel.list --driver=paper.pdg -o paper.pruned
ks-shared paper.pruned -o paper.shared
ks-sync paper.pruned paper.shared -o paper.sync
ks-atomic paper.pruned paper.shared -o paper.atomic
ks-idl paper.pruned paper.sync paper.atomic --module=paper -o paper.idl
