// A string instruction with a prefix touches what its registers point to, and how much is not known.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access copy: update {{.*}}arg0 (inline_asm)
// CHECK-DAG: access relax: read device.state
// CHECK-DAG: unknown copy: inline_asm: rep movsb
// NEVER-NOT: unknown relax
struct device { int state; };
void copy(void *to, const void *from, unsigned long n)
{
	asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
}
int relax(struct device *d)
{
	asm volatile("rep; nop" : : : "memory");
	return d->state;
}
