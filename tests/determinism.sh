#!/bin/sh
# SPDX-License-Identifier: MIT
# Same inputs, same bytes: the stages of a finished pipeline run, repeated in another folder,
# with another thread count and with memory that is never zero by luck, write the same files.
# The run is the folder KS_ARTIFACTS, else out/pipeline.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
manifest=pipelines/driver.ninja
run=${KS_ARTIFACTS:-out/pipeline}
cd "$root"
[ -e "$manifest" ] && [ -d "$run" ] || exit 77
run=${run#"$root/"}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/elsewhere"
for name in out pipelines ks-rt; do
	ln -s "$root/$name" "$folder/elsewhere/$name"
done
status=0
compared=0

complain() {
	echo "determinism: $*" >&2
	status=1
}

# commands TARGET: the stages that make it, with the tools of this build
commands() {
	ninja -f "$manifest" -t commands "$1" | sed 's/ 2>.*//' |
		sed -n "s|^[^ ]*/\(ks-[a-z]* \)|$build/bin/\1|p"
}

# again COMMAND: what it wrote below $run, it now writes below $folder/again
again() {
	out=$(echo "$1" | sed 's/.* -o //')
	mkdir -p "$folder/again/$(dirname "${out#"$run"/}")"
	command=$(echo "$1" | sed "s|\(.* -o \)$run/|\1$folder/again/|; s|/ks-prune |/ks-prune -j1 |")
	(cd "$folder/elsewhere" && MALLOC_PERTURB_=165 sh -c "$command -q") || complain "failed: $1"
}

# A unit's graph is made from its bitcode alone; a few stand for the thousand.
again_units() {
	for pdg in $1; do
		again "$(commands "$pdg" | tail -n1)"
	done
}

for idl in "$run"/*/*.idl; do
	[ -e "$idl" ] || exit 77
	# Another manifest's drivers may be there, too.
	ninja -f "$manifest" -t query "$idl" >/dev/null 2>&1 || continue
	name=$(basename "$idl" .idl)
	list=$(commands "$run/$name/modules/c/${name}_driver.c" | grep -v '/ks-pdg ')
	[ -n "$list" ] || continue
	again_units "$(echo "$list" | tr ' ' '\n' | sed -n 's/^--driver=//p')"
	# From here on each stage reads what the one before it has just written.
	list=$(echo "$list" | sed "s|\([ =]\)$run/$name/|\1$folder/again/$name/|g; s| -o $folder/again/| -o $run/|")
	while IFS= read -r line; do
		again "$line"
	done <<-EOF
		$list
	EOF
	again_units "$(head -n5 "$run/lists/$name.kernel")"
done

for file in $(cd "$folder" && find again -type f); do
	compared=$((compared + 1))
	cmp "$folder/$file" "$run/${file#again/}" || complain "$run/${file#again/} is not what a second run writes"
done
[ "$compared" -gt 0 ] || exit 77
echo "$compared files"
exit $status
