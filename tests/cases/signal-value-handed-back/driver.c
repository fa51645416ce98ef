// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct mine {
	int x;
};
static struct mine m = {5};

static int fire_pointer(struct note *n)
{
	struct mine *p = n->val.pointer;
	return ++p->x;
}

static int fire_number(struct note *n)
{
	return n->val.number + 1;
}
static struct note a = {.val.pointer = &m, .fire = fire_pointer};
static struct note b = {.val.number = 40, .fire = fire_number};

static int x_init(void)
{
	report(knote(&a));
	report(knote(&b));
	report(m.x);
	return 0;
}

module_init(x_init);
