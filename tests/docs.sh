#!/bin/sh
# SPDX-License-Identifier: MIT
# The manuals tell the truth: each stage has one that mandoc accepts, its OPTIONS are those
# of --help, and its DIAGNOSTICS are the slugs in the stage's source.
set -eu
build=$1
cd "$(dirname "$0")/.."
status=0

complain() {
	echo "docs: $*" >&2
	status=1
}

# section NAME FILE: the lines of one section
section() { awk -v name="$1" '/^\.Sh/ { on = $0 == ".Sh " name; next } on' "$2"; }

# same WHAT LEFT RIGHT: two sorted lists
same() {
	[ "$2" = "$3" ] || complain "$1:
$(printf '%s\n' "$2" | sed 's/^/  has   /')
$(printf '%s\n' "$3" | sed 's/^/  is to /')"
}

help_options() { # TOOL
	"$build/bin/$1" --help | sed -n 's/^  *\(-.*\)/\1/p' | sed 's/  .*//' |
		tr ', ' '\n\n' | grep -E '^-' | sed 's/[=:[].*//' | sort -u
}

manual_options() { # FILE
	section OPTIONS "$1" | grep '^\.It ' | tr ' ' '\n' |
		awk 'on { print "-" $0; on = 0 } $0 == "Fl" { on = 1 }' | sort -u
}

source_slugs() { # STAGE
	cat "$1"/*.[hc]pp | tr '\n' ' ' |
		grep -Eo '\b(warn|warning|error)\(([^"();]|\([^()]*\))*, *"[a-z][a-z0-9-]*"' |
		sed 's/.*"\(.*\)"/\1/' | sort -u
}

manual_slugs() { # FILE
	section DIAGNOSTICS "$1" | grep '^\.It ' | grep -Eo '[a-z][a-z0-9]*(-[a-z0-9]+)+' | sort -u
}

for stage in $(sed -n '2,$s/\t.*//p' pipelines/stages); do
	manual=$stage/$stage.1
	[ -e "$manual" ] || {
		complain "$manual is missing"
		continue
	}
	mandoc -Tlint -Wwarning "$manual" || complain "$manual: mandoc complains"
	for name in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' EXAMPLES DIAGNOSTICS CAVEATS 'SEE ALSO'; do
		grep -qx "\.Sh $name" "$manual" || complain "$manual: no section $name"
	done
	[ ! -x "$build/bin/$stage" ] ||
		same "$manual: options" "$(manual_options "$manual")" "$(help_options "$stage")"
	same "$manual: slugs" "$(manual_slugs "$manual")" "$(source_slugs "$stage")"
done
# What settles a warning is said once for each, and for what is no warning.
of_stages() { for stage in ks-prune ks-sync ks-idl; do "$1" "$stage"; done | sort -u; }
ready_slugs() {
	section DESCRIPTION ks-idl/ks-idl.1 | awk '/^\.Ss/ { on = $0 == ".Ss Readiness" } on && /^\.It / { print }' |
		grep -Eo '[a-z]+(-[a-z]+)+'
}
same "ks-idl/verdicts.cpp: slugs" \
	"$(sed -n 's/^    {"\([a-z-]*\)",.*/\1/p' ks-idl/verdicts.cpp)" \
	"$({
		# These are about what a stage was given, not about the driver.
		of_stages source_slugs | grep -vxE 'unmatched-row|unused-index'
		ready_slugs
	} | LC_ALL=C sort -u)"
# It is no stage, and lies with the one that reads bitcode, too.
mandoc -Tlint -Wwarning ks-pdg/ks-link.1 || complain "ks-pdg/ks-link.1: mandoc complains"
[ ! -x "$build/bin/ks-link" ] ||
	same "ks-pdg/ks-link.1: options" "$(manual_options ks-pdg/ks-link.1)" "$(help_options ks-link)"
for manual in pipelines/*.[0-9] ks-rt/*.[0-9]; do
	[ ! -e "$manual" ] || mandoc -Tlint -Wwarning "$manual" || complain "$manual: mandoc complains"
done
exit $status
