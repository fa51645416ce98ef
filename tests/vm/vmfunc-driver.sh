#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: vmfunc-driver.sh BUILD DRIVER PROCESSORS [EMULATOR]
# A driver of pipelines/drivers/ works behind VMFUNC as its script claims: in Bochs, or with the
# processor's own VMX (kvm), where there is any.
set -eu
. tests/vm/driver-common.sh
processors=$3
emulator=${4-bochs}
runtime=out/pipeline/vmfunc/ks-rt/linux
[ -e $runtime/ks_visor.ko ] || exit 77
if [ "$emulator" = bochs ] && ! command -v bochs >/dev/null; then
	echo "vmfunc-driver: bochs is not installed"
	exit 77
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

boot $runtime/ks_visor.ko $runtime/ks_rt.ko "$folder/modules-vmfunc/${name}_driver.ko" \
	"$folder/modules/${name}_kernel.ko" -- \
	--emulator="$emulator" --smp="$processors" --script="$script" --timeout=900 2>"$log" || {
	cat "$log"
	# It says what this machine lacks for that, before it boots anything.
	if grep -q '^ks-vm: error: kvm: ' "$log"; then
		exit 77
	fi
	exit 1
}
