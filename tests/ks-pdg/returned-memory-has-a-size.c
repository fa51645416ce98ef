// SPDX-License-Identifier: MIT
// What is returned of an allocation is as large as was asked for, on whatever way: a constant, and an
// argument. What is rounded has no size here, and of two sizes the smaller one counts.
// RUN: sh %inputs/facts.sh %s optimized >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: return plain: new kmalloc room 24 and argument 0
// CHECK-DAG: return checked: new kmalloc room 16 and argument 1
// CHECK-DAG: return either: new kmalloc room 16{{$}}
// CHECK-DAG: return through_helper: {{.*}} room 40{{$}}
// NEVER-NOT: return rounded: {{.*}}room
struct object { long a, b, c; };
void *kmalloc(unsigned long, unsigned);

struct object *plain(unsigned private)
{
	return kmalloc(sizeof(struct object) + private, 0);
}

void *checked(int unused, unsigned long more)
{
	unsigned long size;

	if (__builtin_add_overflow(more, 16ul, &size))
		size = ~0ul;
	return kmalloc(size, 0);
}

void *either(int large)
{
	return large ? kmalloc(64, 0) : kmalloc(16, 1);
}

static __attribute__((noinline)) void *helper(unsigned long size)
{
	return kmalloc(size + 16, 0);
}

void *through_helper(void) { return helper(24); }

void *rounded(unsigned long size) { return kmalloc((size + 31) & ~31ul, 0); }
