// A pointer with more origins than are told apart is a pointer to some object of their type; one
// with fewer is each of them; a function that is kept in a number is still that function.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access many: write port.state at unknown->port.state
// CHECK-DAG: access some: write port.state at *arg0->set.p8->port.state
// CHECK-DAG: access number: write task.function at *arg0->task.function size 8 = function called
struct port { int id, state; };
struct set { struct port p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, q0, q1, q2, q3, q4, q5, q6, q7; };
struct task { unsigned long function; };

#define PICK(n) case __LINE__ * 100 + __COUNTER__: p = &s->n; break;
void some(struct set *s, int i)
{
	struct port *p = &s->p0;
	switch (i) { PICK(p1) PICK(p2) PICK(p3) PICK(p4) PICK(p5) PICK(p6) PICK(p7) PICK(p8) }
	p->state = 1;
}
void many(struct set *s, int i)
{
	struct port *p = &s->p0;
	switch (i) {
	PICK(p1) PICK(p2) PICK(p3) PICK(p4) PICK(p5) PICK(p6) PICK(p7) PICK(p8) PICK(p9)
	PICK(q0) PICK(q1) PICK(q2) PICK(q3) PICK(q4) PICK(q5) PICK(q6) PICK(q7)
	}
	p->state = 1;
}
static void called(void *data) {}
void number(struct task *t) { t->function = (unsigned long)called; }
