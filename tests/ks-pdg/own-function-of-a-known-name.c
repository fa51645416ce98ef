// SPDX-License-Identifier: MIT
// RUN: clang -g -O2 -Xclang -disable-llvm-passes -fno-builtin -emit-llvm -c %s -o a.bc
// RUN: ks-pdg -q a.bc | ks-pdg --dump=json | FileCheck %s
// A function that a source keeps to itself is what it does, not what the kernel's of its name does.

struct thing {
	int level;
};

static void __attribute__((noinline)) down(struct thing *thing)
{
	thing->level--;
}

void mutex_lock(struct thing *thing);

// CHECK-NOT: "family":"semaphore"
// CHECK: "family":"mutex"
void work(struct thing *thing)
{
	down(thing);
	mutex_lock(thing);
}
