#!/bin/sh
# SPDX-License-Identifier: MIT
# The unmodified driver passes the script that the isolated one has to pass: what the
# script claims is about any network device of that kind.
set -eu
build=$1
kernel=out/linux
[ -e "$kernel/drivers/net/dummy.ko" ] || exit 77

exec "$build/bin/ks-vm" -q --kernel="$kernel/arch/x86/boot/bzImage" \
	--module="$kernel/drivers/net/dummy.ko" --script=tests/vm/net-device.sh \
	--tool=ip --tool=ethtool --tool=ping --timeout=600
