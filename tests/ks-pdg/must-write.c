// `must`: written on every run, before a call that could see it, and not read before.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: access f: write s.first at *arg0->s.first size 4 must
// CHECK: access f: write s.second at *arg0->s.second size 4 (instruction)
// CHECK: access f: write s.third at *arg0->s.third size 4 (instruction)
// CHECK: access f: write s.fourth at *arg0->s.fourth size 4 (instruction)
struct s { int first, second, third, fourth; };
void call(void);

void f(struct s *s, int c)
{
	s->first = 1;
	s->second = s->second + 1;
	if (c)
		s->third = 1;
	call();
	s->fourth = 1;
}
