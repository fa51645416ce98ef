// Assembly that is not in the table is an unknown, and may change what its pointers reach.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: update device.count at *arg0->device.count (inline_asm)
// CHECK-DAG: unknown f: inline_asm: frobnicate (%rdi) at line 8
struct device { long count; };

void f(struct device *d) {
	asm volatile("frobnicate (%%rdi)" : : "D"(d) : "memory");
}
