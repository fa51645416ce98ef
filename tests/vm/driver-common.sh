# SPDX-License-Identifier: MIT
# Read by the tests of the drivers in pipelines/drivers/, and of those in tests/vm/open/, which do not pass their script in
# a domain yet. Arguments begin with BUILD and the driver's name.
# shellcheck shell=sh disable=SC2034
build=$1
kernel=out/linux
use=pipelines/drivers/$2
[ -e "$use" ] || use=tests/vm/open/$2
name=$(echo "$2" | tr - _)
folder=out/pipeline/$name
[ -e "$kernel/vmlinux" ] && [ -e out/pipeline/lists/units ] || exit 77

# words WORD: what the driver's file has after it
words() { sed -n "s/^$1 //p" "$use"; }
# stock NAME: the kernel's own module
stock() { sed -n "s|^\(.*/$(echo "$1" | sed 's/[-_]/[-_]/g')\.ko\)\$|$kernel/\1|p" "$kernel/modules.order"; }
script=$(words script)

# boot MODULE... -- OPTION...: ks-vm with all that the driver's file says, and these modules
boot() {
	boot_modules='' boot_needs=''
	while [ "$1" != -- ]; do
		boot_modules="$boot_modules --module=$1"
		shift
	done
	shift
	for boot_word in $(words module); do
		boot_needs="$boot_needs --module=$(stock "$boot_word")"
	done
	for boot_word in $(words tool); do
		set -- "$@" "--tool=$boot_word"
	done
	for boot_word in $(words program); do
		boot_program=out/test/programs/$(basename "$boot_word" .c)
		mkdir -p out/test/programs
		cc -static -O1 -Wall -Wextra -Werror -o "$boot_program.$$" "$boot_word"
		mv "$boot_program.$$" "$boot_program"
		set -- "$@" "--tool=$boot_program"
	done
	for boot_word in $(words file); do
		set -- "$@" "--file=$boot_word:/${boot_word##*/}"
	done
	# shellcheck disable=SC2086
	"$build/bin/ks-vm" -q --kernel="$kernel/arch/x86/boot/bzImage" $boot_needs $boot_modules "$@"
}
