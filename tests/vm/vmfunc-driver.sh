#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: vmfunc-driver.sh BUILD PROCESSORS [EMULATOR]
# Each driver of pipelines/drivers/ works behind VMFUNC as its script claims: in Bochs, or with the
# processor's own VMX (kvm), where there is any.
set -eu
build=$1
processors=$2
emulator=${3-bochs}
kernel=out/linux
runtime=out/pipeline/vmfunc/ks-rt/linux
[ -e $runtime/ks_visor.ko ] || exit 77
if [ "$emulator" = bochs ] && ! command -v bochs >/dev/null; then
	echo "vmfunc-driver: bochs is not installed"
	exit 77
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

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
	"$build/bin/ks-vm" -q --emulator="$emulator" --smp="$processors" \
		--kernel="$kernel/arch/x86/boot/bzImage" "$@" \
		--script="$(sed -n 's/^script //p' "$file")" --timeout=900 2>"$log" || {
		cat "$log"
		# It says what this machine lacks for that, before it boots anything.
		if grep -q '^ks-vm: error: kvm: ' "$log"; then
			exit 77
		fi
		exit 1
	}
done
