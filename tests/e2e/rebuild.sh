#!/bin/sh
# SPDX-License-Identifier: MIT
# Ninja does nothing twice. What is missing is made again with the same bytes; what reads it
# is run again (of a unit, the index too), and nothing behind that, because nothing changes.
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
# ks-pdg and the index, and ks-prune for each driver.
all=$((2 + $(find pipelines/drivers -type f | wc -l)))
while read -r gone most; do
	cp "out/pipeline/$gone" "$folder/kept"
	rm "out/pipeline/$gone"
	run
	cmp "$folder/kept" "out/pipeline/$gone"
	steps=$(grep -c '^\[' "$folder/out")
	[ "$steps" -le "$most" ] || {
		echo "rebuild: $steps steps for $gone"
		cat "$folder/out"
		exit 1
	}
	run
	grep -qx 'ninja: no work to do.' "$folder/out" || {
		cat "$folder/out"
		exit 1
	}
done <<EOF
pdg/drivers/net/dummy.pdg $all
pdg/net/core/dev.pdg $all
dummy/dummy.shared 5
EOF
sums >"$folder/after"
cmp "$folder/before" "$folder/after"
