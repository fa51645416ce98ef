#!/bin/sh
# SPDX-License-Identifier: MIT
# leaves.sh DRIVER.c KERNEL.c: what ks-sync says about the driver, for people.
set -eu
inputs=$(dirname "$0")
compile() {
	clang -g -O2 -Xclang -disable-llvm-passes -fno-builtin -fno-strict-aliasing -I"$inputs" \
		-fdebug-prefix-map="$(dirname "$1")"=. -ffile-prefix-map="$(dirname "$1")"/= \
		-target x86_64-linux-gnu -emit-llvm -c "$1" -o "$2.bc"
	ks-pdg -q "$2.bc" -o "$2.pdg"
}
compile "$1" driver
compile "$2" kernel
ks-prune -q --driver=driver.pdg kernel.pdg -o a.pruned
ks-shared a.pruned -o a.shared
ks-sync a.shared a.pruned -o a.sync
{
	ks-prune --dump=json a.pruned |
		jq -c 'if .table == "fields" then .table = "names" else select(.table == "crossings") end'
	ks-sync --dump=json a.sync |
		jq -c '.table |= ({"fields": "leaves", "paths": "tree"}[.] // .)'
} | jq -rs -f "$inputs/leaves.jq"
