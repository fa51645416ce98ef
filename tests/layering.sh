#!/bin/sh
# SPDX-License-Identifier: MIT
# Which code may know which: from outside of a stage only its public headers are included, and only
# along an edge of pipelines/stages; nothing under pipelines/ knows a stage; LLVM stops at
# ks-pdg. Within ks-rt, what ks-rt/rooms says. And nothing knows a driver but its file in
# pipelines/drivers/, and tests.
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

# room_of FILE: the folder of ks-rt that it lies in; `-` for none
room_of() {
	case ${1#ks-rt/} in
	*/*) file_room=${1#ks-rt/} && echo "${file_room%%/*}" ;;
	*) echo - ;;
	esac
}

# rooms HEADING: the rows of that part of the table
rooms() { awk -F'\t' -v heading="$1" '$1 == "" { on = 0 } on && !/^#/; $1 == heading { on = 1 }' ks-rt/rooms; }

# may_enter ROOM HEADER: whether a file of that room may include it
may_enter() {
	to=$(room_of "$2")
	[ "$to" = - ] || [ "$to" = "$1" ] || rooms room | awk -F'\t' -v from="$1" -v to="$to" '
		$1 == from { n = split($2, allowed, " "); while (n) if (allowed[n--] == to) found = 1 }
		END { exit !found }'
}

for line in $(grep -rEo '^ *# *include *"ks-rt/[^"]*' ks-rt --include='*.[chS]' --include='*.[hc]pp' |
	sed 's/:[^"]*"/:/'); do
	file=${line%%:*}
	header=${line#*:}
	may_enter "$(room_of "$file")" "$header" ||
		rooms file | cut -f1,2 | grep -qxF "${file#ks-rt/}	${header#ks-rt/}" ||
		complain "$file includes $header, which ks-rt/rooms does not allow"
done
rooms file | while IFS="$(printf '\t')" read -r file header reason; do
	grep -qs "include \"ks-rt/$header\"" "ks-rt/$file" && [ -n "$reason" ] || echo "$file	$header"
done | grep . && complain "ks-rt/rooms: an exception that is none, or has no reason"
# A room includes what is above it in the table, which is why there are no circles.
rooms room | awk -F'\t' '
	{ n = split($2, below, " "); while (n) if (below[n--] != "-" && !(below[n + 1] in seen)) bad = $1; seen[$1] }
	END { if (bad) print bad; exit !bad }' && complain "ks-rt/rooms: a room includes one that is not above it"
for folder in ks-rt/*/; do
	folder=${folder#ks-rt/}
	rooms room | cut -f1 | grep -qxF "${folder%/}" || complain "ks-rt/$folder is no room of ks-rt/rooms"
done
# The list of sources is whole.
listed=$(awk -F'\t' '!/^#/ && $1 != "file" { print $1 }' ks-rt/sources | sort)
there=$(cd ks-rt && find . -name '*.[cS]' ! -name '*_test.c' ! -path './bench/*' | sed 's|^\./||' | sort)
[ "$listed" = "$there" ] || complain "ks-rt/sources is not what is there"
! may_enter end ks-rt/linux/image.h || complain "ks-rt/rooms is not understood"
may_enter end ks-rt/os/os.h || complain "ks-rt/rooms is not understood"

# What generated code calls of the runtime, by its name or through glue.h, kernel modules find: it is exported, or in
# a source that each domain is linked with.
declared=$(sed -nE '/^(static|typedef|extern)/!s/^[a-z].*[ *](ks_[a-z0-9_]+)\(.*/\1/p' ks-rt/rt.h | sort)
exported=$(sed -nE 's/^EXPORT_SYMBOL(_GPL)?\((ks_[a-z0-9_]+)\);.*/\2/p' ks-rt/linux/*.c | sort)
domains=$(awk -F'\t' '!/^#/ && $4 == "all" { print "ks-rt/" $1 }' ks-rt/sources)
for function in $declared; do
	grep -qw "$function" ks-rt/glue.h ks-idlc/*.cpp || continue
	# shellcheck disable=SC2086
	echo "$exported" | grep -qxF "$function" || grep -qE "^[a-z].*[ *]$function\(" $domains ||
		complain "ks-rt/linux does not export $function, which generated code calls"
done
echo "$declared" | grep -qxF ks_call || complain "ks-rt/rt.h is not understood"

for file in pipelines/drivers/* tests/vm/open/*; do
	driver=${file##*/}
	case $driver in
	loop | msr) continue ;; # words of their own
	esac
	for line in $(grep -rlw --exclude=driver.ninja --exclude=packages --exclude-dir=drivers "$driver" ks-* pipelines CMakeLists.txt .ci); do
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
