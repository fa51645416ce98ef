#!/bin/sh
# SPDX-License-Identifier: MIT
# The visor, the runtime and a driver's two modules come and go a hundred times without a trace.
set -eu
. tests/vm/vmfunc-common.sh
exec "$build/bin/ks-vm" -q --emulator=bochs --smp=1 --kernel=out/linux/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module=out/pipeline/$name/modules-vmfunc/${name}_driver.ko \
	--module=out/pipeline/$name/modules/${name}_kernel.ko --script=tests/vm/reload.sh --timeout=900
