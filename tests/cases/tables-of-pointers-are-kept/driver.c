// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 twice(u32 id)
{
	return id * 2;
}

static u32 thrice(u32 id)
{
	return id * 3;
}

static struct part one = {1}, two = {2}, three = {3};
static struct part *parts[] = {&one, &two, &three, NULL};
static const char *const names[] = {"red", "amber", "green"};
static const char *words[] = {"go", "stop", NULL};

static int x_init(void)
{
	part_function *functions = kzalloc(3 * sizeof *functions, 0);
	functions[0] = twice;
	functions[1] = thrice;
	report(board_add_parts(parts));
	report(board_add_names(names, 3));
	report(board_add_words(words));
	report(board_add_functions(functions));
	report(board_use(2) * 100 + board_use(0));
	report(one.uses * 10000 + two.uses * 100 + three.uses);
	parts[0] = &three;
	report(board_add_parts(parts));
	report(board_use(0));
	report(one.uses * 10000 + two.uses * 100 + three.uses);
	return 0;
}
module_init(x_init);
