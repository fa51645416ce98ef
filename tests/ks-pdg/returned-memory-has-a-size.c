// SPDX-License-Identifier: MIT
// What is returned of an allocation is as large as was asked for, on whatever way: a constant, and an
// argument or a multiple of it. What is rounded has no size here, and of two sizes the smaller one counts.
// RUN: sh %inputs/facts.sh %s optimized >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: return plain: new kmalloc room 24 and argument 0
// CHECK-DAG: return checked: new kmalloc room 16 and argument 1
// CHECK-DAG: return either: new kmalloc room 16{{$}}
// CHECK-DAG: return through_helper: {{.*}} room 40{{$}}
// CHECK-DAG: return elements: new kmalloc room 24 and 16 for each of argument 0
// CHECK-DAG: return checked_elements: new kmalloc room 24 and 8 for each of argument 1
// CHECK-DAG: return all_elements: {{.*}} room 40 and 32 for each of argument 0
// NEVER-NOT: return squares: {{.*}}room
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

struct pair {
	long a, b;
};

struct object *elements(int count)
{
	return kmalloc(sizeof(struct object) + count * sizeof(struct pair), 0);
}

struct object *checked_elements(int unused, unsigned long count)
{
	unsigned long size;

	if (__builtin_mul_overflow(count, sizeof(long), &size))
		size = ~0ul;
	if (__builtin_add_overflow(size, sizeof(struct object), &size))
		size = ~0ul;
	return kmalloc(size, 0);
}

static __attribute__((noinline)) void *helper_of_elements(unsigned long count)
{
	return kmalloc(count * 32 + 8, 0);
}

void *all_elements(unsigned long count) { return helper_of_elements(count + 1); }

void *squares(unsigned long size) { return kmalloc(size * size, 0); }
