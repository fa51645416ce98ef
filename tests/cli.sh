#!/bin/sh
# SPDX-License-Identifier: MIT
# Every tool of pipelines/stages behaves alike on the command line: help, version, exit
# status, one-line errors, and refused input that leaves the output as it was.
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$build/bin:$PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
status=0
calls=0

complain() {
	echo "cli: $*" >&2
	status=1
}

kinds_read() { awk -F'\t' -v stage="$1" '$1 == stage { print $2 }' "$root/pipelines/stages"; }
kind_written() { awk -F'\t' -v stage="$1" '$1 == stage { print $3 }' "$root/pipelines/stages"; }
writer() { awk -F'\t' -v kind="$1" '$3 == kind { print $1 }' "$root/pipelines/stages"; }
# Whether the kind travels in the artifact frame.
framed() { case $1 in pdg | pruned | shared | sync | atomic) ;; *) return 1 ;; esac; }

# run STATUS COMMAND...: the exit status is STATUS; output in ./stdout and ./stderr
run() {
	expected=$1
	shift
	calls=$((calls + 1))
	"$@" >stdout 2>stderr </dev/null
	got=$?
	[ "$got" = "$expected" ] || {
		complain "$*: status $got, not $expected"
		sed 's/^/    /' stderr >&2
	}
}

# one_error COMMAND...: it fails as a tool should
one_error() {
	run 2 "$@"
	[ ! -s stdout ] || complain "$*: an error, and yet output"
	# A compiler of text says first what is wrong with the text.
	lines=$(wc -l <stderr)
	[ "$1" != ks-idlc ] || lines=1
	[ "$lines" = 1 ] && tail -n1 stderr | grep -q "^$1: error: ." || {
		complain "$*: not one line '$1: error: ...'"
		sed 's/^/    /' stderr >&2
	}
}

# arguments STAGE FILE...: what makes it read these files
arguments() {
	case $1 in
	ks-prune) shift && for file in "$@"; do echo "--driver=$file"; done ;;
	ks-idl) shift && echo --module=m "$@" ;;
	*) shift && echo "$@" ;;
	esac
}

# refused_input STAGE FILE...
refused_input() {
	refused "$1" $(arguments "$@")
}

# refused COMMAND...: likewise, and neither a new nor an old output is touched
refused() {
	rm -rf out
	one_error "$@" -o out
	[ ! -e out ] || complain "$*: made its output in spite of an error"
	echo old >out
	touch -d '2001-02-03' out
	cp -p out out.before
	one_error "$@" -o out
	cmp -s out out.before && [ ! out -nt out.before ] || complain "$*: touched its old output"
	rm -f out out.before
	[ -z "$(find . -name 'out?*')" ] || complain "$*: left a temporary file"
}

hash_of() { head -n1 "$1" | cut -d' ' -f4; }

# An empty artifact of each kind, all made from each other as the table says.
make_artifact() { # KIND FILE [KIND=HASH...]
	kind=$1
	file=$2
	shift 2
	version=$(ks-shapes "$kind" | sed -n '1s/.* //p')
	ancestors=$(for word in "$@"; do printf '"%s":"%s"\n' "${word%%=*}" "${word#*=}"; done | paste -sd, -)
	printf '{"table":"head","kind":"%s","version":%s,"ancestors":{%s}}\n' \
		"$kind" "$version" "$ancestors" >"$file.jsonl"
	run 0 "$(writer "$kind")" --load=json "$file.jsonl" -o "$file"
}

stages=$(sed -n '2,$s/\t.*//p' "$root/pipelines/stages")
for stage in $stages; do
	kind=$(kind_written "$stage")
	framed "$kind" && command -v "$stage" >/dev/null || continue
	set --
	for parent in $(kinds_read "$stage"); do
		[ -e "good.$parent" ] && set -- "$@" "$parent=$(hash_of "good.$parent")"
	done
	make_artifact "$kind" "good.$kind" "$@"
	make_artifact "$kind" "stray.$kind" pruned=00000000000000000000000000000000
done

for stage in $stages; do
	command -v "$stage" >/dev/null || {
		complain "$stage is not built"
		continue
	}
	kind=$(kind_written "$stage")

	run 0 "$stage" --help
	[ -s stdout ] && [ ! -s stderr ] || complain "$stage --help: help belongs on standard output"
	cp stdout help
	run 0 "$stage" -h
	cmp -s stdout help || complain "$stage: -h and --help differ"
	run 0 "$stage" --version
	grep -Eqx "$stage [0-9]+(\.[0-9]+)*" stdout || complain "$stage --version: $(cat stdout)"

	one_error "$stage" --no-such-option
	one_error "$stage" -q -v
	refused_input "$stage" missing
	refused_input "$stage" .
	: >empty
	refused_input "$stage" empty
	printf 'neither an artifact nor anything else\n\377\000\n' >rubbish
	refused_input "$stage" rubbish

	printf '[locks]\nfrob_lock\tgrab\tspin\t0\n' >wrong.known
	refused "$stage" --known=wrong.known
	grep -qx "$stage: error: wrong.known:2: grab: no action of locks" stderr ||
		complain "$stage --known=wrong.known: $(cat stderr)"
	refused "$stage" --known=missing

	calls=$((calls + 1))
	"$stage" --help >/dev/full 2>stderr
	[ $? = 2 ] || complain "$stage --help >/dev/full: not status 2"

	if framed "$kind" && [ -e "good.$kind" ]; then
		run 0 "$stage" --dump=json "good.$kind"
		cmp -s stdout "good.$kind.jsonl" || complain "$stage: what was loaded is not what is dumped"
		refused "$stage" --dump=xml "good.$kind"
		refused "$stage" --load=json rubbish
		refused "$stage" --dump=json rubbish
		one_error "$stage" --dump=json "good.$kind" "good.$kind"
		for action in "--dump=json good.$kind" "--load=json good.$kind.jsonl"; do
			calls=$((calls + 1))
			"$stage" $action >/dev/full 2>stderr
			[ $? = 2 ] && [ "$(wc -l <stderr)" = 1 ] || complain "$stage $action >/dev/full"
			one_error "$stage" $action -o /dev/full
		done
		calls=$((calls + 1))
		script -qec "$stage --load=json good.$kind.jsonl" /dev/null >terminal </dev/null
		[ $? = 2 ] && grep -q 'error: .*terminal.*--dump=json' terminal ||
			complain "$stage: writes binary to a terminal"
	fi

	inputs=
	for input in $(kinds_read "$stage"); do
		[ ! -e "good.$input" ] || inputs="$inputs good.$input"
	done
	for input in $inputs; do
		others=$(echo "$inputs" | sed "s/ $input//")
		size=$(wc -c <"$input")
		head -c $((size - 1)) "$input" >truncated
		refused_input "$stage" $others truncated
		{ cat "$input" && echo; } >longer
		refused_input "$stage" $others longer
		# The last byte, and one of the hash in the head line.
		{ head -c $((size - 1)) "$input" && tail -c1 "$input" | tr '\000-\377' '\001-\377\000'; } >flipped
		refused_input "$stage" $others flipped
		sed '1s/ [0-9a-f]\{8\}/ 00000000/' "$input" >flipped
		refused_input "$stage" $others flipped
		sed '1s/^\(ks [a-z]*\) [0-9]*/\1 999/' "$input" >newer
		refused_input "$stage" $others newer
	done
	for other in good.*[!l]; do
		case " $inputs " in
		*" $other "*) ;;
		"  ") ;;
		*) refused_input "$stage" $inputs "$other" ;;
		esac
	done
	case $inputs in
	*good.pruned*good.shared*)
		refused_input "$stage" $(echo "$inputs" | sed 's/good\.shared/stray.shared/')
		;;
	esac
done
[ "$calls" -gt 100 ] || complain "only $calls calls were made"
exit $status
