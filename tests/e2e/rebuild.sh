#!/bin/sh
# SPDX-License-Identifier: MIT
# Ninja does nothing twice; what is missing is made again with the same bytes, and what
# depends on it is left alone because it does not change.
set -eu
[ -e pipelines/driver.ninja ] && [ -e out/pipeline/dummy/dummy.idl ] || exit 77
folder=out/test/rebuild
rm -rf "$folder"
mkdir -p "$folder"
run() { ninja -f pipelines/driver.ninja >"$folder/out" 2>&1 || { cat "$folder/out"; exit 1; }; }
sums() { (cd out/pipeline/dummy && sha256sum dummy.* modules/c/*.[ch]); }

run
run
grep -qx 'ninja: no work to do.' "$folder/out" || {
	cat "$folder/out"
	exit 1
}
sums >"$folder/before"
for gone in pdg/drivers/net/dummy.pdg pdg/net/core/dev.pdg dummy/dummy.shared; do
	cp "out/pipeline/$gone" "$folder/kept"
	rm "out/pipeline/$gone"
	run
	cmp "$folder/kept" "out/pipeline/$gone"
	steps=$(grep -c '^\[' "$folder/out")
	[ "$steps" -le 3 ] || {
		echo "rebuild: $steps steps for $gone"
		cat "$folder/out"
		exit 1
	}
done
sums >"$folder/after"
cmp "$folder/before" "$folder/after"
