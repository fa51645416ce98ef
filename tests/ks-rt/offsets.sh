#!/bin/sh
# SPDX-License-Identifier: MIT
# What assembly knows of structs is held against C by ks-rt/offset.h: no member is reached by a bare
# number; each name by which one is reached is asserted, and so is every other number of that family,
# which is KS_GATE_* if KS_GATE_TOKEN is asserted. Stack slots (%rsp) and words of an array, as
# 3 * 8(%rsi), have no names.
set -eu
cd "$(dirname "$0")/../.."
LC_ALL=C
export LC_ALL
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# assembly FILE...: FILE:LINE:TEXT of what is assembled; of C those are lines that hold a string
assembly() {
	awk '
		FILENAME !~ /\.S$/ && !/"/ { next }
		/^ \*/ || /^[ \t]*\/\*/ { next }
		{
			gsub(/\/\*[^*]*\*\//, "")
			gsub(/[0-9]+ \* 8\(%/, "(%")
			print FILENAME ":" FNR ":" $0
		}' "$@"
}

# bare_numbers FILE...: lines with one in front of a register, %0 and %[name] included
bare_numbers() {
	assembly "$@" | grep -E '(^|[^-0-9A-Za-z_])[0-9]+\(%+([][0-9]|r([^s]|s[^p]))' |
		grep -vE '[A-Z] [-+] [0-9]+\(%' || true
}

# displacements FILE...: names in front of a register
displacements() {
	assembly "$@" | grep -oE '[A-Z][A-Z0-9_]+( [-+] [A-Z0-9_]+)?\(%' | grep -oE '[A-Z][A-Z0-9_]+' || true
	assembly "$@" | grep -oE 'KS_AT\([A-Z_]+\)' | tr '(' '_' | tr -d ')' || true
}

asserted() { sed -nE 's/^KS_(OFFSET|EQUAL)\(([A-Z][A-Z0-9_]*), .*/\2/p' "$@" | sort -u; }

# numbers FILE...: macros that are numbers, of a family of which one is asserted
numbers() {
	sed -nE 's/^#define ([A-Z][A-Z0-9_]*)[ \t]+(0x)?[0-9][0-9a-f]*([ \t].*)?$/\1/p' "$@" |
		awk '
			function family(name) { match(name, /^(KS_)?[A-Z0-9]+_/); return substr(name, 1, RLENGTH) }
			NR == FNR { known[family($0)]; next }
			family($0) in known' "$temporary/asserted" -
}

# problems FOLDER...: a line for each
problems() {
	find "$@" -name '*.[chS]' | sort >"$temporary/files"
	# shellcheck disable=SC2046 # no name of ours has a space in it
	set -- $(cat "$temporary/files")
	bare_numbers "$@" | sed 's/$/  [a number for a member]/'
	asserted "$@" >"$temporary/asserted"
	{ displacements "$@"; numbers "$@"; } | sort -u | comm -23 - "$temporary/asserted" |
		sed 's/$/  [not asserted]/'
}

# planted PATTERN LINE PLACE: what is found in a header with LINE and an access at PLACE
planted() {
	rm -rf "$temporary/tree"
	mkdir "$temporary/tree"
	printf '#define KS_FEW_A 0\n#define KS_FEW_B 8\nKS_OFFSET(KS_FEW_A, struct few, a);\n%s\n' "$2" \
		>"$temporary/tree/few.h"
	printf '\tmov %s(%%rdi), %%rax\n' "$3" >"$temporary/tree/few.S"
	found=$(problems "$temporary/tree")
	# shellcheck disable=SC2254 # it is a pattern
	case $found in
	$1) ;;
	*) echo "offsets: this test finds '$found' where '$1' is" >&2 && exit 1 ;;
	esac
}

both='KS_OFFSET(KS_FEW_B, struct few, b);'
planted '' "$both" KS_FEW_B
planted '*few.S:1:*a number for a member]' "$both" 8
planted 'KS_FEW_B  [[]not asserted]' '' KS_FEW_A
planted 'OTHER  [[]not asserted]' "$both" OTHER

problems ks-rt tests/ks-rt/bare >"$temporary/problems"
sed 's/^/offsets: /' "$temporary/problems" >&2
[ ! -s "$temporary/problems" ]
