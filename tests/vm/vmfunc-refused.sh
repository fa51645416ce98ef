#!/bin/sh
# SPDX-License-Identifier: MIT
# Where interrupts reach a processor past the task priority, it is not taken; where they do not, it is.
set -eu
. tests/vm/vmfunc-common.sh

# boot SCRIPT WORDS [OPTION]...
boot() {
	printf '%s\n' "$1" >"$into/script.sh"
	words=$2
	shift 2
	"$build/bin/ks-vm" -q --emulator=bochs --smp=1 --kernel=out/linux/arch/x86/boot/bzImage \
		--module=$runtime/ks_visor.ko --append="$words" --script="$into/script.sh" --timeout=300 "$@"
}

boot 'claim "the visor loads" load_modules' tsc=reliable
boot 'refuse "the visor does not load" load_modules' noapic \
	--expect='ks_visor: processor 0 cannot be taken: it has interrupts without priorities'
