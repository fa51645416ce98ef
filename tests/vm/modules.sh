#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: modules.sh BUILD HOW
# All modules that modules-made.sh has made hold what their guest.sh claims, one after the other in one boot: as they
# are (stock), or isolated (direct, xcore, vmfunc). Those of tests/modules/known-failures are only run as they are.
set -eu
build=$1
how=$2
shift 2
kernel=out/linux
list=out/test/modules/list
[ -e $list ] || exit 77
into=out/test/modules-$how
rm -rf "$into"
mkdir -p "$into"

case $how in
stock) runtime='' ;;
direct) runtime='out/pipeline/ks-rt/linux/ks_rt.ko' ;;
xcore)
	runtime='out/pipeline/xcore/ks-rt/linux/ks_rt.ko'
	# The unwinder, from an interrupt, does not know asynchronous threads' stacks.
	set -- --smp=2 --tool=taskset --allow='kernel stack frame pointer at .* has bad value'
	;;
vmfunc)
	command -v bochs >/dev/null || {
		echo "modules: bochs is not installed"
		exit 77
	}
	runtime='out/pipeline/vmfunc/ks-rt/linux/ks_visor.ko out/pipeline/vmfunc/ks-rt/linux/ks_rt.ko'
	set -- --smp=1 --emulator=bochs
	;;
esac
cat >"$into/guest.sh" <<'GUEST'
# What a script prints goes on at once, with the module's name.
named() {
	while IFS= read -r line; do
		case $line in
		'KS PASS '* | 'KS FAIL '*) echo "${line%"${line#KS ????}"} $1: ${line#KS ???? }" ;;
		*) echo "$line" ;;
		esac
	done
}
# try NAME MODULE...: its script, for which these are all the modules; what it has left in /dev goes
try() {
	name=$1
	shift
	printf '%s\n' "$@" >/mod/order
	ls /dev >/tmp/dev
	dmesg -c >/dev/null
	{ sh -c ". /ks.sh; . /claims/$name.sh" || echo "KS FAIL ends with status $?"; } | named "$name"
	equal "$name: no module stays" "$(loaded_modules)" ""
	(cd /dev && ls | grep -vxFf /tmp/dev | xargs rm -rf)
}
GUEST
[ "$how" != xcore ] || echo 'taskset -p 1 $$ >/dev/null' >>"$into/guest.sh"

loaded=''
for module in $runtime; do
	set -- "$@" "--module=$module"
	loaded="$loaded $(basename "$module" .ko)"
done
while IFS="$(printf '\t')" read -r name folder stock; do
	made=out/pipeline/$name
	if grep -E "^$name	([a-z]*,)*${how}[,	]" tests/modules/known-failures; then
		continue
	fi
	case $how in
	stock) modules=$stock ;;
	vmfunc) modules="$made/modules-vmfunc/${name}_driver.ko $made/modules/${name}_kernel.ko" ;;
	*) modules="$made/modules/${name}_driver.ko $made/modules/${name}_kernel.ko" ;;
	esac
	words=''
	for module in $modules; do
		set -- "$@" "--module=$module"
		words="$words $(basename "$module" .ko)"
	done
	set -- "$@" "--file=$folder/guest.sh:/claims/$name.sh"
	echo "try $name$loaded$words" >>"$into/guest.sh"
done <$list
"$build/bin/ks-vm" -q --kernel=$kernel/arch/x86/boot/bzImage --script="$into/guest.sh" \
	--timeout=1200 --console="$into/console" "$@"
