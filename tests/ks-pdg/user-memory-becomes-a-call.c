// Assembly that gets a number from user memory, or puts one there, is a call that can cross.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: call get: direct _copy_from_user via - (0: &local, 1: arg1, 2: 4)
// CHECK-NEXT: call put: direct _copy_to_user via - (0: arg1, 1: &local, 2: 2)
struct s { unsigned level; unsigned short height; };
register unsigned long stack asm("rsp");

int get(struct s *s, unsigned *from)
{
	int error;
	register unsigned long value asm("rdx");
	asm volatile("call __get_user_%P4" : "=a"(error), "=r"(value), "+r"(stack) : "0"(from), "i"(4));
	s->level = value;
	return error;
}

int put(struct s *s, unsigned short *to)
{
	int error;
	register unsigned short value asm("rax") = s->height;
	asm volatile("call __put_user_%P4" : "=c"(error), "+r"(stack) : "0"(to), "r"(value), "i"(2) : "ebx");
	return error;
}
