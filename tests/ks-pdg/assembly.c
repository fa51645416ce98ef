// Inline assembly touches the memory its constraints list; bit operations write what they
// list as an input; locked ones are atomic, others read and write one after the other.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access add: read device.count at *arg0->device.count size 8
// CHECK-DAG: access add: write device.count at *arg0->device.count size 8
// CHECK-DAG: access set: update device.state at *arg0->device.state size 8
// CHECK-DAG: lock set: atomic atomic lock *arg0->device.state device.state
// CHECK-DAG: access test: read device.state at *arg0->device.state size 8
// CHECK-DAG: access store: write device.count at *arg0->device.count size 8
// CHECK-DAG: lock order: barrier memory mfence ? -
// CHECK-DAG: lock order: barrier memory lock ? -
// CHECK-DAG: lock order: acquire irq cli ? -
// NEVER-NOT: unknown
struct device { long count, state; };

void add(struct device *d) { asm volatile(" addq %1,%0" : "+m"(d->count) : "ir"(3l)); }
void set(struct device *d) { asm volatile("lock; btsq %1,%0" : : "m"(d->state), "Ir"(3l) : "memory"); }
int test(struct device *d)
{
	_Bool c;
	asm volatile("btq %2,%1" : "=@ccc"(c) : "m"(d->state), "Ir"(1l) : "memory");
	return c;
}
void store(struct device *d) { asm volatile("movq %1,%0" : "=m"(d->count) : "r"(1l)); }
void order(void)
{
	asm volatile("mfence" : : : "memory");
	asm volatile("lock; addl $0,-4(%%rsp)" : : : "memory", "cc");
	asm volatile("cli" : : : "memory");
	asm volatile("" : : : "memory");
}
