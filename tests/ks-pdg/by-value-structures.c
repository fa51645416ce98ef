// Structures passed and returned by value keep their parameter numbers, and every register of one
// that is passed or returned in registers is a field. What is copied goes on in an open array.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write s.value at *arg2->s.value size 4
// CHECK-DAG: access big: read large.last at arg0->large.last size 8
// CHECK-DAG: access big: write s.value at *arg1->s.value size 4
// CHECK-DAG: call h: direct f via - ({{.*}}2: arg1)
// CHECK-DAG: access second: write s.value at *arg0->two.b->s.value size 4
// CHECK-DAG: access both: write two.b at local->two.b size 8 = arg1
// CHECK-DAG: return both: local
// CHECK-DAG: access m: write two.b at local->two.b size 8 = arg0
// CHECK-DAG: call m: direct second via - (0: local)
// CHECK-DAG: access n: write s.value at *result of both->two.b->s.value size 4
// CHECK-DAG: call o: direct large via - ({{[0-9]+}}: &local, 0: arg0)
// CHECK-DAG: access copy: read open.more at *arg1->open.more length arg2
struct s { int value; };
struct pair { long a, b; };
struct one { int x; };
struct large { long a[7], last; };

void f(struct pair p, struct one o, struct s *s) { s->value = p.a + o.x; }
long big(struct large l, struct s *s) { s->value = 1; return l.last; }
void h(struct pair *p, struct s *s) { f(*p, (struct one){ 1 }, s); }

struct two { struct s *a, *b; };
void second(struct two t) { t.b->value = 1; }
struct two both(struct s *a, struct s *b) { return (struct two){ a, b }; }
void m(struct s *a, struct s *b) { second((struct two){ b, a }); }
void n(struct s *a, struct s *b) { both(a, b).b->value = 2; }
struct three { struct s *a, *b, *c; } large(struct s *a);
void o(struct s *a) { struct three t = large(a); t.c->value = 3; }

struct open { int count; int more[]; };
void copy(struct open *to, struct open *from, unsigned long n) { __builtin_memcpy(to, from, n); }
