#!/bin/sh
# SPDX-License-Identifier: MIT
# Which code may know which: from outside of a stage only its public headers are included, and only
# along an edge of pipelines/stages; nothing under pipelines/ knows a stage; LLVM stops at
# ks-pdg. And nothing knows a driver but its file in pipelines/drivers/, and tests.
#
# Public are STAGE/NAME.hpp, the artifact; STAGE/view.hpp, how later stages look at it; and for unit
# tests and what is made_ for them STAGE/made_KIND.hpp, which makes such artifacts row by row.
set -eu
cd "$(dirname "$0")/.."
status=0

complain() {
	echo "layering: $*" >&2
	status=1
}

# writer KIND: the stage that writes it
writer() { awk -F'\t' -v kind="$1" '$3 == kind { print $1 }' pipelines/stages; }

# may_include FILE HEADER
may_include() {
	for kind in $(awk -F'\t' -v stage="${1%%/*}" '$1 == stage { print $2 }' pipelines/stages); do
		from=$(writer "$kind")
		case $2 in
		"$from/${from#ks-}.hpp" | "$from/view.hpp") return 0 ;;
		"$from/made_$kind.hpp")
			case $1 in
			*_test.cpp | */made_*.hpp) return 0 ;;
			esac
			;;
		esac
	done
	return 1
}

includes() { # FOLDER PATTERN: lines FILE:INCLUDED
	{ grep -rEo --include='*.[hc]pp' "^ *# *include *[\"<]$2[^\">]*" "$1" || true; } |
		sed 's/:[^"<]*["<]/:/'
}

for stage in $(sed -n '2,$s/\t.*//p' pipelines/stages) ks-rt; do
	for line in $(includes "$stage" ks-); do
		file=${line%%:*}
		header=${line#*:}
		case $header in
		"$stage"/*) continue ;;
		esac
		may_include "$file" "$header" || complain "$file includes $header"
	done
done
for line in $(includes pipelines ks-); do
	complain "${line%%:*} includes ${line#*:}"
done
for folder in ks-* pipelines; do
	[ "$folder" = ks-pdg ] || for line in $(includes "$folder" llvm); do
		complain "${line%%:*} includes ${line#*:}: LLVM stops at ks-pdg"
	done
done
for file in pipelines/drivers/*; do
	driver=${file##*/}
	for line in $(grep -rlw --exclude=driver.ninja --exclude-dir=drivers "$driver" ks-* pipelines CMakeLists.txt .ci); do
		complain "$line names the driver $driver"
	done
done
# The test that cannot find a known edge finds nothing.
may_include ks-prune/a.cpp ks-pdg/pdg.hpp || complain "pipelines/stages is not understood"
! may_include ks-pdg/a.cpp ks-prune/prune.hpp || complain "pipelines/stages is not understood"
may_include ks-sync/a.cpp ks-prune/view.hpp || complain "a view is not public"
! may_include ks-sync/a.cpp ks-prune/program.hpp || complain "everything is public"
may_include ks-sync/a_test.cpp ks-prune/made_pruned.hpp || complain "tests cannot make a program"
! may_include ks-sync/a.cpp ks-prune/made_pruned.hpp || complain "programs are made outside of tests"
exit $status
