#!/bin/sh
# SPDX-License-Identifier: MIT
# The driver's side really has its own copies: with one field taken out of the sync sets
# (the length of a packet), everything is still generated, linked and loaded, but the
# driver counts wrong.
set -eu
build=$1
kernel=out/linux
name=dummy
from=out/pipeline/$name
[ -e "$kernel/vmlinux" ] && [ -e "$from/$name.sync" ] || exit 77
bin=$build/bin
into=out/test/field-left-out
rm -rf "$into"
mkdir -p "$into/modules"

"$bin/ks-sync" --dump=json "$from/$name.sync" >"$into/all.jsonl"
jq -cn '
	[inputs] as $rows
	| [$rows[] | select(.table == "paths" and (.name | test("skb->len$"))) | .row] as $paths
	| [$rows[] | select(.table == "fields" and (.path | IN($paths[])))] as $out
	| ($rows - $out | map(select(.table != "fields")))[],
	  ($rows - $out | map(select(.table == "fields")) | to_entries[] | .value + {row: .key})
' "$into/all.jsonl" >"$into/without.jsonl"
if [ "$(wc -l <"$into/all.jsonl")" = "$(wc -l <"$into/without.jsonl")" ]; then
	echo "field-left-out: no row synchronises the length of a packet"
	exit 1
fi
"$bin/ks-sync" --load=json "$into/without.jsonl" -o "$into/$name.sync"

overlays=$(for file in pipelines/overlays/*.idl; do [ ! -e "$file" ] || echo "--overlay=$file"; done)
# shellcheck disable=SC2086
"$bin/ks-idl" -q --module=$name $overlays "$from/$name.pruned" "$into/$name.sync" \
	"$from/$name.atomic" -o "$into/$name.idl"
"$bin/ks-idlc" -q "$into/$name.idl" -o "$into/modules/c"
pipelines/isolate --tools="$bin" --kernel=$kernel --flags=out/pipeline/lists/flags --units=out/pipeline/lists/units \
	--c="$into/modules/c" --name=$name -o "$into/modules/${name}_isolated.o_shipped" $kernel/drivers/net/$name.o
cp "$from/modules/Kbuild" "$into/modules/"
symbols=out/pipeline/ks-rt/linux/Module.symvers
make -s -C $kernel M="$PWD/$into/modules" LLVM=-22 KS_ROOT="$PWD" KBUILD_EXTRA_SYMBOLS="$PWD/$symbols" modules

# One life of the driver shows it.
sed '/^life first/q' tests/vm/net-device.sh >"$into/once.sh"
status=0
"$bin/ks-vm" -q --kernel=$kernel/arch/x86/boot/bzImage --module=out/pipeline/ks-rt/linux/ks_rt.ko \
	--module="$into/modules/${name}_driver.ko" --module="$into/modules/${name}_kernel.ko" \
	--script="$into/once.sh" --file=tests/vm/balance.sh:/balance.sh --tool=ip --tool=ethtool --tool=ping \
	--timeout=600 >"$into/run.log" || status=$?
if [ $status != 1 ]; then
	echo "field-left-out: the run ended with status $status, not 1"
	exit 1
fi
# Only what depends on that field is wrong: packets are still counted.
grep -q 'KS PASS first counts packets' "$into/run.log"
grep -q 'KS FAIL first counts bytes' "$into/run.log"
