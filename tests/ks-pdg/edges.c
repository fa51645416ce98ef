// Control, data, memory and call edges.
// RUN: sh %inputs/facts.sh %s raw edges.jq > edges
// RUN: FileCheck %s < edges
// RUN: not grep -E "control: br 21 -> getelementptr 23" edges
// CHECK-DAG: control: entry -> icmp 21
// CHECK-DAG: control: br 21 -> getelementptr 22
// CHECK-DAG: control: entry -> getelementptr 23
// CHECK-DAG: memory: store 22 -> load 24
// CHECK-DAG: memory: store 23 -> load 25
// CHECK-DAG: call: call 25 -> entry
// CHECK-DAG: parameter_in: actual_in -> formal_in
// CHECK-DAG: parameter_out: formal_out -> actual_out
// CHECK-DAG: def_use: load 25 -> call 25
// CHECK-DAG: def_use: formal_in -> icmp 21
struct s { int a, b; };
static int set(struct s *s, int v) { s->a = v; return v; }

int g(void);
int f(struct s *restrict s, int c, int *restrict out)
{
	if (c)
		s->a = 1;
	s->b = 2;
	c = s->a;
	return c + set(s, s->b);
}
