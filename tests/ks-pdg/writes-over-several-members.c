// An access that goes on behind the member it begins in touches what lies there: by its length, by
// elements, by a distance, and in a helper. Elements of a member that is no array are the members
// of its sort that follow; bytes are all that follow.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access length: write frame.b
// CHECK-DAG: access elements: write frame.b
// CHECK-DAG: access bytes: read frame.tail
// CHECK-DAG: access distance: write frame.a {{.*}} (callee)
// CHECK-DAG: access table: write frame.tail
// NEVER-NOT: access length: write frame.c
// NEVER-NOT: access elements: write frame.c
// NEVER-NOT: access distance: write frame.b
struct frame { int keep, a, b; short c; long *tail; };
void *memset(void *, int, unsigned long);
static void before(int *p) { *(int *)((char *)p - 4) = 9; }
static int sum(unsigned char *p, unsigned long n)
{
	int s = 0;
	while (n--) s += *p++;
	return s;
}
void length(struct frame *f) { memset(&f->a, 0, 8); }
void elements(struct frame *f, int i) { int *p = &f->a; p[i] = 0; }
int bytes(struct frame *f) { return sum((unsigned char *)f, sizeof *f); }
void distance(struct frame *f) { before(&f->b); }
void table(struct frame *f, int offset) { *(int *)((char *)f + offset) = 1; }
