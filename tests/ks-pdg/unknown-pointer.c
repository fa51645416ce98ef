// A computed address of unknown type is an unknown, not nothing; a type that the code names
// is believed.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access typed: write s.value at *unknown->s.value size 4
// CHECK-DAG: unknown untyped: integer_to_pointer: access through a computed address at line 17
// NEVER-NOT: unknown typed
struct s { int other, value; };

void typed(unsigned long a, unsigned long b)
{
	((struct s *)(a * b))->value = 1;
}
void untyped(unsigned long a, unsigned long b)
{
	*(volatile long *)(a * b) = 1;
}
