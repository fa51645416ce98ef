#!/bin/sh
# SPDX-License-Identifier: MIT
# Of an address in the kernel's memory the runtime knows the block that its allocator has given out, and of
# stacks, of data of each processor and of what it cannot tell, nothing.
set -eu
build=$1
. tests/vm/module.sh
prepare_module "$build" blocks
cat >"$copy/Kbuild" <<'EOF'
obj-m := ks_blocks_test.o
ks_blocks_test-y := blocks_module.o ../os/linux.o ../os/linux_blocks.o
ccflags-y := -I$(src)/../.. -Werror
EOF
make_module

cat >"$folder/guest.sh" <<'EOF'
claim every_block_is_what_its_allocator_says load_modules
claim and_leaves unload_modules
EOF
"$build/bin/ks-vm" -q --kernel="$kernel/arch/x86/boot/bzImage" --module="$copy/ks_blocks_test.ko" \
	--script="$folder/guest.sh" --timeout=300 --expect='blocks: good' --forbid='blocks: fails'
