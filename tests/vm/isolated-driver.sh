#!/bin/sh
# SPDX-License-Identifier: MIT
# Each driver of pipelines/drivers/ works in its domain as its script claims.
set -eu
build=$1
kernel=out/linux
[ -e "$kernel/vmlinux" ] && [ -e out/pipeline/lists/units ] || exit 77

for file in pipelines/drivers/*; do
	name=$(basename "$file" | tr - _)
	modules=out/pipeline/$name/modules
	set --
	for module in out/pipeline/ks-rt/linux/ks_rt "$modules/${name}_driver" "$modules/${name}_kernel"; do
		set -- "$@" "--module=$module.ko"
	done
	# shellcheck disable=SC2013
	for tool in $(sed -n 's/^tool //p' "$file"); do
		set -- "$@" "--tool=$tool"
	done
	"$build/bin/ks-vm" -q --kernel="$kernel/arch/x86/boot/bzImage" "$@" \
		--script="$(sed -n 's/^script //p' "$file")" --timeout=600
done
