// A loop over the elements behind a pointer says how many they are: a number, an argument, a
// member, or up to an element of zeroes, also if a number says where it ends at the latest; an argument
// may be in bytes. A loop that ends in another way says nothing, nor does one that goes on elsewhere.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access four: read - at *arg0[any] size 4 length 4 (instruction)
// CHECK-DAG: access some: write - at *arg0[any] size 1 length arg1 (instruction)
// CHECK-DAG: access moved: read - at *arg0[any] size 4 length arg1 (instruction)
// CHECK-DAG: access members: write item.a at **arg0->list.items[any]->item.a size 4 length *arg0->list.count (instruction)
// CHECK-DAG: access ended: read item.b at *arg0[any]->item.b size 4 length negative (instruction)
// CHECK-DAG: access bounded: read - at *arg0[any] size 1 length negative (instruction)
// CHECK-DAG: access least: write - at *arg0[any] size 1 length arg1 (instruction)
// CHECK-DAG: access open: write tail.items at *arg0->tail.items size 4 length *arg0->tail.count (instruction)
// CHECK-DAG: access third: read tail.items at *arg0->tail.items size 4 (instruction)
// CHECK-DAG: access other: read - at *arg0[any] size 1 (instruction)
// CHECK-DAG: access divided: read item.b at *arg0[any]->item.b size 4 length arg1 quotient (instruction)
// CHECK-DAG: access shifted: read item.a at *arg0[any]->item.a size 4 length arg1 quotient (memory_intrinsic)
// CHECK-DAG: access filled: write - at *arg1[any] size 4 length arg2 (instruction)
// CHECK-DAG: access overfilled: write - at *arg1[any] size 4 (instruction)
// CHECK-DAG: access chained: read part.size at **arg0->parts.first[any]->part.size size 4 (instruction)
// CHECK-NOT: first[1]
struct item { int a, b; };
struct list { int count; struct item *items; };
struct tail { int count; int items[]; };

int four(const int *p) { int s = 0; for (int i = 0; i < 4; i++) s += p[i]; return s; }
void some(char *p, int n) { for (int i = 0; i < n; i++) p[i] = i; }
int moved(const int *p, int n) { int s = 0; while (n-- > 0) s += *p++; return s; }
void members(struct list *l) { for (int i = 0; i < l->count; i++) l->items[i].a = i; }
int ended(const struct item *p) { int s = 0; for (; p->a; p++) s += p->b; return s; }
void least(char *p, unsigned long n)
{
	for (unsigned long i = 0, m = n < 5 ? n : 5; i < m; i++)
		p[i] = i;
}
void open(struct tail *t) { for (int i = 0; i < t->count; i++) t->items[i] = i; }
int third(struct tail *t) { return t->items[2]; }
int bounded(const char *p) { int s = 0; for (int i = 0; i < 7 && p[i]; i++) s += p[i]; return s; }
int other(const char *p) { int i = 0; while (p[i] != 7) i++; return i; }
int divided(const struct item *p, unsigned size)
{
	int s = 0;
	unsigned n = size / sizeof *p;
	for (unsigned i = 0; i < n; i++)
		s += p[i].b;
	return s;
}
void shifted(const struct item *p, unsigned long size, struct item *to)
{
	for (unsigned long i = 0; i < size >> 3; i++)
		to[i] = p[i];
}
int filled(const struct item *from, int *to, unsigned most)
{
	unsigned n = 0;
	for (; from; from = from->b ? from + from->b : 0) {
		to[n] = from->a;
		if (to[n] && ++n == most)
			break;
	}
	return n;
}
int overfilled(const struct item *from, int *to, unsigned most)
{
	unsigned n = 0;
	for (; from; from = from->b ? from + from->b : 0) {
		to[n] = from->a;
		if (from->a && ++n == most)
			break;
		if (from->b)
			++n;
	}
	return n;
}
struct part { int size; struct part *chain; };
struct parts { struct part *first; int n; };
int chained(struct parts *p)
{
	struct part *at = p->first;
	int s = 0;
	for (int i = 0; i < p->n; i++, at++) {
		if (at->chain)
			at = at->chain;
		s += at->size;
	}
	return s;
}
