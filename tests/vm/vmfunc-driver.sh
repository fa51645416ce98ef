#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: vmfunc-driver.sh BUILD PROCESSORS
# Each driver of pipelines/drivers/ works behind VMFUNC as its script claims.
set -eu
build=$1
processors=$2
kernel=out/linux
runtime=out/pipeline/vmfunc/ks-rt/linux
[ -e $runtime/ks_visor.ko ] || exit 77
command -v bochs >/dev/null || {
	echo "vmfunc-driver: bochs is not installed"
	exit 77
}

for file in pipelines/drivers/*; do
	name=$(basename "$file" | tr - _)
	folder=out/pipeline/$name
	set --
	for module in $runtime/ks_visor $runtime/ks_rt "$folder/modules-vmfunc/${name}_driver" \
		"$folder/modules/${name}_kernel"; do
		set -- "$@" "--module=$module.ko"
	done
	# shellcheck disable=SC2013
	for tool in $(sed -n 's/^tool //p' "$file"); do
		set -- "$@" "--tool=$tool"
	done
	"$build/bin/ks-vm" -q --emulator=bochs --smp="$processors" \
		--kernel="$kernel/arch/x86/boot/bzImage" "$@" \
		--script="$(sed -n 's/^script //p' "$file")" --timeout=900
done
