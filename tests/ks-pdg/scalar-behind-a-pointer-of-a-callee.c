// What a function of the unit does to a scalar behind its argument is an access to the field
// that its caller passes; also through a function in between.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access up: update device.state at *arg0->device.state size 8 (callee)
// CHECK-DAG: access down: update device.state at *arg0->device.state size 8 (callee)
// CHECK-DAG: access down: read - at flags size 8 (callee)
// NEVER-NOT: access get: {{.*}} (callee)
struct device { long first, state; };
long flags;

static inline void set_bit(int n, long *word)
{
	asm volatile("lock; btsq %1,%0" : : "m"(*word), "Ir"((long)n) : "memory");
}
static inline void set_one(long *word) { set_bit(1, word); }
static inline long get(const long *word) { return *word; }
void up(struct device *d) { set_bit(0, &d->state); }
void down(struct device *d) { set_one(&d->state); if (get(&flags)) d->first = 0; }
