# SPDX-License-Identifier: MIT
# Sourced by tests that have a module of their own beside the runtime's sources.
# shellcheck shell=sh

# prepare_module BUILD NAME: copies what NAME_module.c needs; sets kernel, folder and copy, where its Kbuild goes.
prepare_module() {
	kernel=$PWD/out/linux
	[ -e "$kernel/vmlinux" ] || exit 77
	folder=$1/$2-module
	copy=$folder/ks-rt/linux
	rm -rf "$folder"
	mkdir -p "$folder"
	# Objects are written beside the sources.
	cp -r ks-rt "$folder/"
	cp "tests/vm/$2_module.c" "$copy"
}

# Makes it, without a warning.
make_module() {
	make -C "$kernel" M="$copy" LLVM=-22 modules >"$folder/make.log" 2>&1 || {
		cat "$folder/make.log"
		exit 1
	}
	! grep -E 'warning:|WARNING' "$folder/make.log" || exit 1
}
