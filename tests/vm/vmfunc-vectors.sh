#!/bin/sh
# SPDX-License-Identifier: MIT
# A process finds its vector registers and their modes as they were after a crossing, though the domain has not
# seen them.
set -eu
. tests/vm/vmfunc-common.sh
cc -std=gnu11 -Wall -Wextra -Werror -O1 -static -o "$into/vectors" tests/vm/vectors.c

cat >"$into/script.sh" <<'END'
sent() { cat /sys/class/net/dummy0/statistics/tx_packets; }
claim "all load" load_modules || exit 1
claim "sets an address" ip addr add 10.9.8.1/24 dev dummy0
claim "goes up" ip link set dummy0 up
packets=$(sent)
claim "a process keeps its registers" /tools/vectors 10.9.8.2 300
claim "its packets have crossed" [ $(($(sent) - packets)) -ge 300 ]
END
"$build/bin/ks-vm" -q --emulator=bochs --smp=1 --kernel=out/linux/arch/x86/boot/bzImage \
	--module=$runtime/ks_visor.ko --module=$runtime/ks_rt.ko \
	--module=out/pipeline/$name/modules-vmfunc/${name}_driver.ko \
	--module=out/pipeline/$name/modules/${name}_kernel.ko \
	--file="$into/vectors:/tools/vectors" --tool=ip --script="$into/script.sh" --timeout=300
