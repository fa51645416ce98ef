#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: xcore-driver.sh BUILD DRIVER HOW
# A driver of pipelines/drivers/ works, as its script claims, with its code on a processor of its own:
# with all callers on the other one (apart), with callers on both (mixed), and with one processor in all
# (alone); and there is no domain without a processor (refused).
set -eu
. tests/vm/driver-common.sh
how=$3
runtime=out/pipeline/xcore/ks-rt/linux/ks_rt.ko
[ -e "$runtime" ] || exit 77
into=out/test/xcore-$how-$name
rm -rf "$into"
mkdir -p "$into"

cat >"$into/counts.sh" <<'GUEST'
# The counts go with the runtime's module, so they are taken while it is loaded.
count() { cat "/sys/module/ks_rt/parameters/xcore_$1"; }
several() { [ "$1" -ge "$2" ]; }
GUEST

cat >"$into/apart" <<'GUEST'
# What runs on the domain's processor nevertheless, such as its interrupts, is answered there.
taskset -p 1 $$ >/dev/null
before_the_end() {
	echo "KS SAYS $(count crossed) crossed, $(count local) did not"
	claim "calls cross to the other processor" several "$(count crossed)" 10
	claim "few are answered where they are made" several "$(($(count crossed) / 4))" "$(count local)"
}
GUEST
cat >"$into/mixed" <<'GUEST'
before_the_end() {
	echo "KS SAYS $(count crossed) crossed, $(count local) did not"
	claim "calls are answered" several "$(($(count crossed) + $(count local)))" 100
}
GUEST
cat >"$into/alone" <<'GUEST'
before_the_end() {
	equal "no call crosses" "$(count crossed)" 0
	claim "calls are answered" several "$(count local)" 100
}
GUEST
cat >"$into/refused.sh" <<'GUEST'
set -- $(find / -xdev -name '*.ko')
for ks_module; do
	case $ks_module in
	*/ks_rt.ko) insmod "$ks_module" xcore_cpu=7 ;;
	esac
done
for ks_module; do
	case $ks_module in
	*_driver.ko) claim "the domain is offered" insmod "$ks_module" ;;
	esac
done
for ks_module; do
	case $ks_module in
	*_kernel.ko) refuse "a domain without a processor" insmod "$ks_module" ;;
	esac
done
GUEST

# vm SCRIPT OPTION...: the unwinder, from an interrupt, does not know asynchronous threads' stacks
vm() {
	vm_script=$1
	shift
	boot "$runtime" "$folder/modules/${name}_driver.ko" "$folder/modules/${name}_kernel.ko" -- --timeout=600 \
		--allow='kernel stack frame pointer at .* has bad value' --script="$vm_script" "$@"
}
[ "$how" = refused ] || cat "$into/counts.sh" "$into/$how" "$script" >"$into/$name.sh"
console=$into/$name.log
case $how in
apart) vm "$into/$name.sh" --smp=2 --tool=taskset --console="$console" ;;
mixed) vm "$into/$name.sh" --smp=2 --console="$console" ;;
alone) vm "$into/$name.sh" --smp=1 --console="$console" ;;
refused) vm "$into/refused.sh" --expect='xcore_cpu: processor 7 is not on line' ;;
esac
