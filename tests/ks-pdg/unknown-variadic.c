// Arguments that a variadic function may do anything with.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: call f: direct collect via - (0: arg0, 1: &*arg1->s.value)
// CHECK: unknown f: variadic: arguments after the last parameter of collect at line 8
struct s { int other, value; };
void collect(int, ...);

void f(int n, struct s *s) { collect(n, &s->value); }
