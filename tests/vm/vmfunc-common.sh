# SPDX-License-Identifier: MIT
# Read by the tests of drivers behind VMFUNC in Bochs: where things are, and a folder of the test's own.
# shellcheck shell=sh disable=SC2034
test_name=$(basename "$0" .sh)
build=$1
kernel=out/linux
name=dummy
from=out/pipeline/$name
runtime=out/pipeline/vmfunc/ks-rt/linux
[ -e $runtime/ks_visor.ko ] && [ -e "$from/modules-vmfunc/${name}_driver.ko" ] || exit 77
command -v bochs >/dev/null || {
	echo "$test_name: bochs is not installed"
	exit 77
}
into=$PWD/out/test/$test_name
rm -rf "$into"
mkdir -p "$into"
