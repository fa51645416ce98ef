// A symbol that assembly only names in a table of another section is an unknown; labels, operands and
// numbers are no symbols.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: unknown f: inline_asm: a table that names handler at line 10
// CHECK-NOT: a table
int f(int *p)
{
	int r;

	asm volatile("1: movl %1, %0\n2:\n.pushsection __ex_table, \"a\"\n.long 1b - ., 2b - ., "
		     "handler - . \n.long 0x10 + (.Lnumber << 8), %c2 - .\n.popsection"
		     : "=r"(r)
		     : "m"(*p), "i"(f));
	return r;
}
