// Branches on __builtin_constant_p are decided; what is dead then is gone, and so is a
// local function that nothing names any more.
// RUN: sh %inputs/facts.sh %s > facts
// RUN: FileCheck %s < facts
// RUN: not grep -E "never|unused" facts
// CHECK: call f: direct kept
void never(void);
void kept(int);
static void unused(void) { never(); }

void f(int a)
{
	if (__builtin_constant_p(a))
		unused();
	kept(a);
}
