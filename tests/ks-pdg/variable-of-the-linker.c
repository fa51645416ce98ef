// SPDX-License-Identifier: MIT
// A variable that no unit need define has the type that LLVM's has, if that is a number; of a pointer
// that says nothing.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: global ticks: unsigned long size 8
// CHECK-DAG: global shade: unsigned char size 1
// CHECK-DAG: access f: read - at ticks size 8
// NEVER-NOT: global queue: unsigned
extern volatile unsigned long ticks;
extern unsigned char shade;
extern void *queue;

unsigned long f(void)
{
	return ticks + shade + (queue ? 1 : 0);
}
