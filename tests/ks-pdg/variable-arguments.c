// Variable arguments have the numbers behind the parameters; a list that is handed on is followed, and a way
// that is not is said.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access in_turn: write s.value at *arg2->s.value size 4
// CHECK-DAG: access until_null: write s.value at *arg1->s.value size 4
// CHECK-DAG: access until_null: write s.value at *arg12->s.value size 4
// CHECK-DAG: access of_list: write s.value at *arg3->s.value size 4
// CHECK-DAG: call hands_on: direct of_list via - (0: arg0, 1: &local[0], 2: arg2, 3: arg3, {{.*}}12: arg12)
// CHECK-DAG: unknown strays: variadic: variable arguments are taken in a way that is not followed at line 57
// CHECK-DAG: function hands_on: function parameters (n) defined nonnull (3)
// CHECK-DAG: function until_null: function parameters (n) defined{{$}}
struct s { int other, value; };

void in_turn(int n, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, n);
	n = __builtin_va_arg(list, int);
	__builtin_va_arg(list, struct s *)->value = n;
	__builtin_va_end(list);
}

void until_null(int n, ...)
{
	__builtin_va_list list;
	struct s *s;

	__builtin_va_start(list, n);
	while ((s = __builtin_va_arg(list, struct s *)))
		s->value = n;
	__builtin_va_end(list);
}

static void of_list(int n, __builtin_va_list list)
{
	(void)__builtin_va_arg(list, int);
	__builtin_va_arg(list, struct s *)->value = n;
}

void hands_on(int n, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, n);
	(void)__builtin_va_arg(list, int);
	of_list(n, list);
	__builtin_va_end(list);
}

__builtin_va_list *kept;

void strays(int n, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, n);
	kept = &list;
	__builtin_va_arg(list, struct s *)->value = n;
	__builtin_va_end(list);
}
