#!/bin/sh
# SPDX-License-Identifier: MIT
# Every script of pipelines/ explains itself, refuses what it does not know and has no
# fault that shellcheck knows, and prepare names missing packages in one line.
set -eu
status=0
complain() {
	echo "scripts: $*" >&2
	status=1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

scripts=$(grep -ls '^#!/bin/sh' pipelines/* pipelines/tables/* .ci/run || true)
for script in $scripts pipelines/*.sh tests/*/*.sh tests/modules/*/*.sh; do
	shellcheck -x -s sh "$script" || complain "$script: shellcheck complains"
done
for script in $scripts; do
	for option in -h --help; do
		"$script" $option >"$folder/out" 2>&1 </dev/null || complain "$script $option: status $?"
		head -n 1 "$folder/out" | grep -q '^Usage: pipelines/' || complain "$script $option: no usage"
	done
done
for script in attempt demo isolate kernel module prepare progress summary table tables/precision; do
	got=0
	"pipelines/$script" --no-such-option >"$folder/out" 2>&1 </dev/null || got=$?
	[ $got = 2 ] || complain "$script: an unknown option gives status $got"
	grep -qx "${script##*/}: error: --no-such-option: no such option" "$folder/out" ||
		complain "$script: says $(cat "$folder/out") of an unknown option"
done

# A folder that is no module is refused before anything is made.
refused() { # MESSAGE FOLDER OPTION...
	message=$1
	shift
	got=0
	pipelines/demo "$@" >"$folder/out" 2>&1 </dev/null || got=$?
	[ $got = 2 ] || complain "demo $*: status $got"
	[ "$(cat "$folder/out")" = "$message" ] || complain "demo $*: says $(cat "$folder/out")"
}
mkdir "$folder/empty" "$folder/other"
echo 'all: ; true' >"$folder/other/Makefile"
refused "module: error: $folder/none: no such folder" "$folder/none"
refused "module: error: $folder/out: not a folder" "$folder/out"
refused "module: error: $folder/empty: neither a Kbuild nor a Makefile" "$folder/empty"
refused "module: error: $folder/other/Makefile: no obj-m names a module" "$folder/other"
refused "demo: error: $folder/none: no such file" --script="$folder/none" tests/modules/worker-thread
refused "demo: error: --module: not of a folder" --module=a b

# A machine without the packages, and a user who may not install them.
printf '#!/bin/sh\necho not-installed\n' >"$folder/dpkg-query"
printf '#!/bin/sh\necho 1000\n' >"$folder/id"
chmod +x "$folder/dpkg-query" "$folder/id"
for script in prepare demo check; do
	got=0
	PATH=$folder:$PATH "pipelines/$script" >"$folder/out" 2>&1 </dev/null || got=$?
	[ $got = 2 ] || complain "$script without packages: status $got"
	[ "$(wc -l <"$folder/out")" = 1 ] || complain "$script without packages: not one line"
	grep -q '^prepare: error: not installed: .*clang-22.*qemu-system-x86' "$folder/out" ||
		complain "$script without packages says: $(cat "$folder/out")"
done
exit $status
