// A pointer that a function called in a loop moves leads to any element, not to as many as there were rounds.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access total: read piece.size at *arg0->piece.size size 4 (instruction)
// CHECK-DAG: access total: read piece.size at *arg0[any]->piece.size size 4 (instruction)
// CHECK-NOT: arg0[11]
struct piece { int size, flags; };

__attribute__((noinline)) static const struct piece *next(const struct piece *p)
{
	return p->flags & 2 ? 0 : p + 1;
}

int total(const struct piece *p)
{
	int s = 0;
	for (; p; p = next(p))
		s += p->size;
	return s;
}
