#!/bin/sh
# SPDX-License-Identifier: MIT
# Asynchronous threads run in a kernel thread as they do in user space, may sleep there, and a stack that
# overflows is caught by the page that is missing below it.
set -eu
build=$1
. tests/vm/module.sh
prepare_module "$build" async
cat >"$copy/Kbuild" <<'EOF'
obj-m := ks_async_test.o
ks_async_test-y := async_module.o ../os/linux.o \
	$(addprefix ../async/, async.o begin.o blocks_test.o check.o linux.o task.o)
ccflags-y := -I$(src)/../.. -Werror
CFLAGS_async_module.o := -fopenmp
CFLAGS_../async/blocks_test.o := -fopenmp
OBJECT_FILES_NON_STANDARD_async.o := y
OBJECT_FILES_NON_STANDARD_task.o := y
EOF
make_module

# The unwinder, from an interrupt, says once that it does not know asynchronous threads' stacks.
run() { # SCRIPT OPTION...
	script=$1
	shift
	"$build/bin/ks-vm" -q --kernel="$kernel/arch/x86/boot/bzImage" --module="$copy/ks_async_test.ko" \
		--script="$folder/$script" --timeout=300 \
		--allow='kernel stack frame pointer at .* has bad value' "$@"
}

cat >"$folder/good.sh" <<'EOF'
claim every_block_is_good load_modules
claim and_leaves unload_modules
EOF
run good.sh --smp=2 --expect='async: good sleeping' --expect='async: 1000 stacks, 0 pending' \
	--expect='async:     ks_yield\+' --forbid='async: fails'

cat >"$folder/overflow.sh" <<'EOF'
insmod "$(find / -xdev -name ks_async_test.ko | head -n1)" overflow=1
EOF
if run overflow.sh --console="$folder/overflow.log" >/dev/null 2>&1; then
	exit 1
fi
grep -q 'double fault' "$folder/overflow.log"
grep -q 'RIP: .*deeper' "$folder/overflow.log"
