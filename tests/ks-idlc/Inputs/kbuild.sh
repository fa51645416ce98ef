#!/bin/sh
# SPDX-License-Identifier: MIT
# kbuild.sh ROOT NAME: compiles the glue of NAME.idl as Kbuild would, in this folder, against the kernel
# that is built in out/linux or $KS_KERNEL.
set -eu
root=$1 name=$2
kernel=${KS_KERNEL:-$root/out/linux}
[ -e "$kernel/vmlinux" ] || {
	echo "no kernel here"
	exit 0
}
ks-idlc "$root/tests/ks-idlc/Inputs/$name.idl" -o .
cat >Kbuild <<END
include \$(src)/$name.kbuild
ccflags-y += -I$root
obj-m += ${name}_kernel.o ${name}_driver.o
END
make -s -C "$kernel" M="$PWD" LLVM=-22 W=1 "${name}_kernel.o" "${name}_driver.o" 2>&1
# Besides the runtime's, only functions of the driver's own are left to be found.
for symbol in $(llvm-nm -u "${name}_driver.o" | sed 's/.* //'); do
	case $symbol in
	ks_*) ;;
	*) grep -qx "$symbol" "$name.globalize" || echo "error: the driver's end links to $symbol" ;;
	esac
done
echo compiled
