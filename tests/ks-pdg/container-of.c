// container_of() out of a member leads back to the structure it was taken from, and out of
// an argument to the structure that the code names.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access outer: write private.value at *arg0->private.value size 4
// CHECK-DAG: access work: write private.value at (struct private)*arg0->private.value size 4
// CHECK-DAG: access walk: write private.value at (struct private)**arg0->list.next->private.value size 4
// NEVER-NOT: unknown
#define container_of(p, type, member) ((type *)((char *)(p) - __builtin_offsetof(type, member)))
struct list { struct list *next; };
struct private { long first; struct list list; int value; };

static inline struct private *of(struct list *l) { return container_of(l, struct private, list); }
void outer(struct private *p) { of(&p->list)->value = 1; }
void work(struct list *l) { container_of(l, struct private, list)->value = 2; }
void walk(struct list *head)
{
	for (struct list *l = head->next; l != head; l = l->next)
		container_of(l, struct private, list)->value = 3;
}
