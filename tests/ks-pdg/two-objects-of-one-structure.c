// Two objects of one structure on a path are two; the third stands for all that follow.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access sum: read node.next at *arg0->node.next size 8
// CHECK-DAG: access sum: read node.value at *arg0->node.value size 4
// CHECK-DAG: access sum: read node.value at **arg0->node.next->node.value size 4
// CHECK-DAG: access sum: read node.value at ***arg0->node.next->node.next->node.value size 4
// CHECK-DAG: access deep: write node.value at ***arg0->node.child->node.next->node.value size 4
// NEVER-NOT: {{\*\*\*\*}}
// NEVER-NOT: unknown
struct node { struct node *next, *child; int value; };

int sum(struct node *n)
{
	int total = 0;
	for (; n; n = n->next)
		total += n->value;
	return total;
}
void deep(struct node *n) { n->child->next->child->value = 1; }
