// Structures passed and returned by value keep their parameter numbers.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write s.value at *arg2->s.value size 4
// CHECK-DAG: access big: read large.last at arg0->large.last size 8
// CHECK-DAG: access big: write s.value at *arg1->s.value size 4
// CHECK-DAG: call h: direct f via - ({{.*}}2: arg1)
struct s { int value; };
struct pair { long a, b; };
struct one { int x; };
struct large { long a[7], last; };

void f(struct pair p, struct one o, struct s *s) { s->value = p.a + o.x; }
long big(struct large l, struct s *s) { s->value = 1; return l.last; }
void h(struct pair *p, struct s *s) { f(*p, (struct one){ 1 }, s); }
