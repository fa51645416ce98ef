#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: modules-made.sh BUILD
# Every module of tests/modules/ and, where it is beside this project, of ../shared/modules/ goes through the
# pipeline. What was made is listed in out/test/modules/list, for modules.sh: name, folder, stock module.
set -eu
build=$1
[ -e out/linux/vmlinux ] && [ -e out/pipeline/kernel.index ] || exit 77
into=out/test/modules
rm -rf $into
mkdir -p $into
set --
for folder in tests/modules/*/ ../shared/modules/*/; do
	[ -e "$folder/guest.sh" ] || continue
	file=$(pipelines/module "${folder%/}" 2>>$into/log)
	printf '%s\t%s\t%s\n' "$(basename "$file" .ko | tr - _)" "${folder%/}" "$file" >>$into/list.new
	set -- "$@" "--driver=$file"
done
"$build/bin/ks-ninja" "$@" -o $into/modules.ninja
ninja -k 0 -f $into/modules.ninja >>$into/log 2>&1 || {
	grep -A 3 -E '^FAILED|error:' $into/log
	exit 1
}
mv $into/list.new $into/list
