// A structure that begins with an unnamed union: its members are named whichever way they
// are met first, and paths have no step for the union.
// RUN: sh %inputs/facts.sh %s > facts
// RUN: FileCheck %s < facts
// RUN: not grep -E "entry@" facts
// CHECK-DAG: access a: write entry.dev at *arg0->entry.dev size 8 must (memory_intrinsic)
// CHECK-DAG: access b: read entry.dev at *arg0->entry.dev size 8
// CHECK-DAG: access b: write entry.count at *arg0->entry.count size 4
struct device;
struct entry {
	union { struct device *dev; unsigned long word; };
	struct { int count, more; };
	char none[0];
};

void *memset(void *, int, unsigned long);
void a(struct entry *e) { memset(e, 0, sizeof *e); }
void *b(struct entry *e) { e->count = 1; return e->dev; }
