# SPDX-License-Identifier: MIT
# Prints the status of ks-idl for each overlay.
for unit in driver kernel; do
	$CLANG -g -O2 -Xclang -disable-llvm-passes -fno-builtin -w -target x86_64-linux-gnu \
		-Iinclude -emit-llvm -c $unit.c -o $unit.bc && ks-pdg -q $unit.bc -o $unit.pdg || exit
done
{
	ks-prune --driver=driver.pdg kernel.pdg -o a.pruned && ks-shared a.pruned -o a.shared &&
		ks-sync a.pruned a.shared -o a.sync && ks-atomic a.pruned a.shared -o a.atomic
} 2>/dev/null || exit
for overlay in good field index operation; do
	ks-idl a.pruned a.sync a.atomic --module=drv --overlay=$overlay.idl \
		-o $overlay.out 2>/dev/null
	echo "$overlay $?"
done
