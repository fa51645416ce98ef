// A per-CPU pointer keeps its type through the assembly that makes it this CPU's.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access f: write stats.packets at **arg0->device.stats->stats.packets size 8
// CHECK-DAG: access g: write stats.packets at *new __alloc_percpu->stats.packets size 8
// CHECK-DAG: access h: read counters.packets at local_counters->counters.packets size 8
// CHECK-DAG: global local_counters: struct counters size 8 per-cpu in .data..percpu
// NEVER-NOT: unknown
struct stats { long packets; };
struct counters { long packets; };
struct device { struct stats *stats; };
extern unsigned long this_cpu_off, __per_cpu_offset[8];
struct counters local_counters __attribute__((section(".data..percpu")));
void *__alloc_percpu(unsigned long, unsigned long);

#define this_cpu_ptr(p) ({ unsigned long r_; \
	asm("add %%gs:%1, %0" : "=r"(r_) : "m"(this_cpu_off), "0"(p)); (typeof(p))r_; })
void f(struct device *d) { this_cpu_ptr(d->stats)->packets = 1; }
void g(int cpu)
{
	struct stats *s = __alloc_percpu(8, 8);
	unsigned long p = (unsigned long)s;

	((struct stats *)(p + __per_cpu_offset[cpu]))->packets = 0;
}
long h(void)
{
	long v;
	asm("movq %%gs:%1, %0" : "=r"(v) : "m"(local_counters.packets));
	return v;
}
