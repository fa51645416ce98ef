#!/bin/sh
# SPDX-License-Identifier: MIT
# Rules of the house that a machine can check, on every file that git would hold.
set -eu
cd "$(dirname "$0")/.."
status=0

# rule NAME: complains of every line of its standard input
rule() {
	while IFS= read -r line; do
		echo "style: $1: $line" >&2
		status=1
	done
}

list=$(mktemp)
trap 'rm -f "$list" "$list".*' EXIT
if git rev-parse --git-dir >/dev/null 2>&1; then
	git ls-files --cached --others --exclude-standard
else
	find . -path ./out -prune -o -type f -print | sed 's|^\./||'
fi | sort >"$list"

# matching PATTERN: the files of the list
matching() { grep -E "$1" "$list" || true; }
# with REGEX [FILE...]: FILE:LINE:TEXT of each match; the files come by standard input
with() { xargs -r grep -nE "$1" /dev/null || true; }

code='\.([hc]pp|[chS])$'
ours='^(ks-[a-z]+|pipelines|tests)/'

matching '^pipelines/(.*/)?(util|common|helper|misc|base|types)s?\.[a-z]+$' >"$list.1"
matching '^ks-[a-z]+/(.*/)?(util|common|helper|misc|base)s?\.[a-z]+$' >>"$list.1"
rule 'a drawer, not a name' <"$list.1"

matching "$code" | grep -v '^pipelines/files\.cpp$' | with '\bstd::(basic_)?[io]?fstream|\bfopen\(' >"$list.1"
rule 'files are opened in pipelines/files.cpp' <"$list.1"

matching '\.[hc]pp$' | with 'std::(unordered_)?(multi)?(map|set)<[^<>,]*\*' >"$list.1"
rule 'a container keyed by a pointer' <"$list.1"

matching "$ours" | grep -v '^tests/style\.sh$' | with '(^|[^a-z])/(work|home|root)/' >"$list.1"
rule 'a path of one machine' <"$list.1"

matching "$ours" | grep -v '^tests/style\.sh$' | with '\b(TODO|FIXME|XXX)\b' >"$list.1"
rule 'unfinished' <"$list.1"

# Not what a test compares line by line, nor tables.
matching '(\.([hc]pp|[chS]|sh|py|def|cmake|in|bash|[157])|CMakeLists\.txt|^pipelines/(known/)?[a-z_]+)$' |
	grep -vE '^(tests/(ks-[a-z]+|pipeline)/|pipelines/(stages|packages)$)' | while read -r file; do
	head -n3 "$file" | grep -q 'SPDX-License-Identifier: ' || echo "$file"
done >"$list.1"
rule 'no licence line' <"$list.1"

# Drivers that nobody would name by accident: what has a file in pipelines/drivers, and the
# modules of the configuration whose names are no words.
names="$(ls pipelines/drivers | grep -vx -e loop -e msr) acpi_power_meter alx brd can-raw coretemp dm-zero e1000e edac_core
ixgbe mei-me nbd net_failover null_blk nvme-core sb_edac skx_edac skx_edac_common usb-storage vcan
veth virtio_blk virtio_net virtio_pci xhci-hcd xhci-pci zram zsmalloc"
pattern=$(echo $names | tr ' ' '|' | sed 's/-/[-_]/g')
grep -vE '^(tests|pipelines/drivers)/|^pipelines/(kernel\.config|packages)$|^README|/?[^/]*_test\.c(pp)?$|^\.' "$list" |
	with "(^|[^A-Za-z0-9_])($pattern)([^A-Za-z0-9_]|\$)" >"$list.1"
rule 'the name of a driver' <"$list.1"

# Each language of ks-rt has a style: C its own, C++ that of the rest. Tests' inputs are text.
unformatted() { xargs -r clang-format-22 --dry-run -Werror "$@" 2>&1 | sed -n 's/: error: code should be.*//p'; }
if command -v clang-format-22 >/dev/null; then
	matching '\.[hc]pp$' | grep -v '/Inputs/' | unformatted --style=file:.clang-format >"$list.1"
	matching '^ks-rt/.*\.[ch]$' | unformatted >>"$list.1"
	rule 'not as clang-format writes it' <"$list.1"
else
	echo "clang-format-22" | rule 'not installed'
fi

exit $status
