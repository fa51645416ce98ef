// What a run knows of a sibling where it uses a member of a union, or one whose type does not say what it leads to.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access pick: read a.x at **arg0->ev.a->a.x size 4 (instruction) while *arg0->ev.kind & 4294967295 is 1 or 2
// CHECK-DAG: access pick: read b.y at **arg0->ev.{{.*}}->b.y size 8 (instruction) while *arg0->ev.kind & 4294967295 is 3
// CHECK-DAG: access pick: read {{.*}} at *arg0->ev.{{a|n}} size 8 (instruction) while *arg0->ev.kind & 4294967295 is not 1 or 2 or 3
// CHECK-DAG: access bit: read a.x at **arg0->ev.a->a.x size 4 (instruction) while *arg0->ev.flags & 4 is not 0
// CHECK-DAG: access early: write a.x at **arg0->ev.a->a.x size 4 (instruction) while *arg0->ev.kind & 4294967295 is not 3
// CHECK-DAG: call hand: direct take via - (0: *arg0->ev.data while *arg0->ev.kind & 4294967295 is 7)
// CHECK-DAG: access both: read a.x at **arg0->ev.a->a.x size 4 (instruction) while *arg0->ev.kind & 4294967295 is 1{{$}}
// CHECK-DAG: access other: read a.x at **arg1->ev.a->a.x size 4 (instruction){{$}}
struct a { unsigned x; };
struct b { unsigned long y; };
struct ev {
	unsigned kind, flags;
	union {
		struct a *a;
		struct b *b;
		unsigned long n;
	};
	void *data;
};
void take(struct a *a);

unsigned long pick(struct ev *e)
{
	switch (e->kind) {
	case 1:
	case 2:
		return e->a->x;
	case 3:
		return e->b->y;
	default:
		return e->n;
	}
}

unsigned bit(struct ev *e) { return e->flags & 4 ? e->a->x : 0; }

void early(struct ev *e)
{
	if (e->kind == 3)
		return;
	e->a->x = 1;
}

void hand(struct ev *e)
{
	if (e->kind == 7)
		take(e->data);
}

unsigned both(struct ev *e) { return e->flags && e->kind == 1 ? e->a->x : 0; }

// A sibling in another object says nothing.
unsigned other(struct ev *e, struct ev *f) { return e->kind == 1 ? f->a->x : 0; }
