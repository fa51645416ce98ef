// SPDX-License-Identifier: MIT
// An atomic instruction, and a store of what was loaded from the same place, say what they make of it, and
// whether anything else gets to know.
// RUN: sh %inputs/facts.sh %s > facts
// RUN: FileCheck %s < facts
// RUN: FileCheck --check-prefix=PLAIN %s < facts
struct device { long count, state; unsigned char small; struct device *next; };

// CHECK-DAG: access plain: read device.count at *arg0->device.count size 8 (instruction) made add{{$}}
// CHECK-DAG: access plain: write device.count at *arg0->device.count size 8 (instruction) made add{{$}}
void plain(struct device *d, long n) { d->count += n; }

// CHECK-DAG: access twice: write device.count at *arg0->device.count size 8 (instruction) made add{{$}}
void twice(struct device *d) { d->count = 3 + d->count; }

// CHECK-DAG: access narrow: write device.small at *arg0->device.small size 1 (instruction) made add{{$}}
void narrow(struct device *d) { d->small--; }

// CHECK-DAG: access asked: write device.count at *arg0->device.count size 8 (instruction) made add used{{$}}
long asked(struct device *d) { return ++d->count; }

// CHECK-DAG: access sets: write device.state at *arg0->device.state size 8 (instruction) made set_bits{{$}}
// CHECK-DAG: access clears: write device.state at *arg0->device.state size 8 (instruction) made clear_bits{{$}}
void sets(struct device *d) { d->state |= 4; }
void clears(struct device *d) { d->state &= ~4l; }

// Not of the same object, not of the same field, and not an addition.
// PLAIN-DAG: access other: write device.count at *arg0->device.count size 8{{( must)?}} (instruction){{$}}
// PLAIN-DAG: access field: write device.count at *arg0->device.count size 8{{( must)?}} (instruction){{$}}
// PLAIN-DAG: access shift: write device.count at *arg0->device.count size 8 (instruction) made other{{$}}
// PLAIN-DAG: access from: write device.count at *arg0->device.count size 8 (instruction) made other{{$}}
void other(struct device *d) { d->count = d->next->count + 1; }
void field(struct device *d) { d->count = d->state + 1; }
void shift(struct device *d) { d->count <<= 1; }
void from(struct device *d) { d->count = 5 - d->count; }

// CHECK-DAG: access atomic: update device.count at *arg0->device.count size 8 (instruction) made add{{$}}
// CHECK-DAG: access answer: update device.count at *arg0->device.count size 8 (instruction) made add used{{$}}
// CHECK-DAG: access swap: update device.count at *arg0->device.count size 8 (instruction) made exchange used{{$}}
// CHECK-DAG: access compare: update device.count at *arg0->device.count size 8 (instruction) made compare_exchange used{{$}}
void atomic(struct device *d) { __atomic_fetch_sub(&d->count, 2, 5); }
long answer(struct device *d) { return __atomic_fetch_add(&d->count, 2, 5); }
long swap(struct device *d) { return __atomic_exchange_n(&d->count, 2, 5); }
long compare(struct device *d) { return __sync_val_compare_and_swap(&d->count, 1, 2); }

// CHECK-DAG: access lock: update device.count at *arg0->device.count size 8 (inline_asm) made add{{$}}
// CHECK-DAG: access tested: update device.count at *arg0->device.count size 8 (inline_asm) made add used{{$}}
// CHECK-DAG: access unlocked: write device.state at *arg0->device.state size 8 (inline_asm) made set_bits{{$}}
// What else the assembly does may be where the number is from.
// CHECK-DAG: access mixed: update device.count at *arg0->device.count size 8 (inline_asm) made other{{$}}
void lock(struct device *d) { asm volatile("lock; incq %0" : "+m"(d->count) : : "memory"); }
int tested(struct device *d)
{
	_Bool zero;
	asm volatile("lock; decq %0\n\tsete %1" : "+m"(d->count), "=qm"(zero) : : "memory");
	return zero;
}
void unlocked(struct device *d) { asm volatile("btsq %1,%0" : : "m"(d->state), "Ir"(3l) : "memory"); }
void mixed(struct device *d, long n)
{
	asm volatile("movq %0,%1\n\tlock; addq %1,%0" : "+m"(d->count) : "r"(n) : "memory");
}

// A callee's, too.
// CHECK-DAG: access through: write device.count at *arg0->device.count size 8 (callee) made add{{$}}
static void bump(long *p) { *p += 2; }
void through(struct device *d) { bump(&d->count); }

// A sum of a bit-field leaves those beside it alone; what is carried over into them is no sum of theirs.
// CHECK-DAG: access tally: write bits.tally at *arg0->bits.tally size 4 (instruction) made add{{$}}
// CHECK-DAG: access first: write bits.first at *arg0->bits.first size 4 (instruction) made add{{$}}
// CHECK-DAG: access last: write bits.last at *arg0->bits.last size 4 (instruction) made add{{$}}
// PLAIN-DAG: access set: write bits.tally at *arg0->bits.tally size 4{{( must)?}} (instruction){{$}}
// PLAIN-DAG: access moved: write bits.tally at *arg0->bits.tally size 4{{( must)?}} (instruction){{$}}
// PLAIN-DAG: access by_hand: write device.count at *arg0->device.count size 8{{( must)?}} (instruction){{$}}
struct bits { unsigned int first : 3, tally : 5; int last : 24; };
void tally(struct bits *b) { b->tally++; }
void first(struct bits *b, unsigned int n) { b->first -= n; }
void last(struct bits *b) { b->last += 3; }
void set(struct bits *b) { b->tally = 3; }
void moved(struct bits *b) { b->tally = b->first + 1; }
void by_hand(struct device *d) { d->count = (d->count & ~0xf0l) | (((d->count >> 4) + 1) & 0xf) << 4; }
