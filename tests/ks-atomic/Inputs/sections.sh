#!/bin/sh
# SPDX-License-Identifier: MIT
# sections.sh DRIVER.c: what ks-atomic says about the driver, for people.
set -eu
inputs=$(dirname "$0")
compile() {
	clang -g -O2 -Xclang -disable-llvm-passes -fno-builtin -fno-strict-aliasing -I"$inputs" \
		-fdebug-prefix-map="$(dirname "$1")"=. -ffile-prefix-map="$(dirname "$1")"/= \
		-target x86_64-linux-gnu -emit-llvm -c "$1" -o "$2.bc"
	ks-pdg -q "$2.bc" -o "$2.pdg"
}
compile "$1" driver
compile "$inputs/kernel.c" kernel
ks-prune -q --driver=driver.pdg kernel.pdg -o a.pruned
ks-shared a.pruned -o a.shared
ks-atomic a.shared a.pruned -o a.atomic
ks-atomic --dump=json a.atomic | jq -rs '
group_by(.table) | map({(.[0].table): .}) | add as $t
| ($t.sections[]?
   | "section \(.function_name): \(.lock)" + (if .shared then " shared" else "" end)
     + (if .balanced then "" else " unbalanced" end),
     (.row as $row | $t.fields[]? | select(.section == $row)
      | "  \(.name)" + (if .fetch then " fetch" else "" end) + (if .send then " send" else "" end))),
  ($t.operations[]? | "atomic \(.name): \(.field_name)" + (if .shared then " shared" else "" end))'
