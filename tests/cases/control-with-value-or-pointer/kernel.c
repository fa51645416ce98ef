// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct table t = {{1, 2, 3, 4}};

int kctrl(const struct ctrl_ops *ops)
{
	kernel_only();
	struct ctrl c = {.id = 100, .type = CTRL_INTEGER, .value = 12};
	int r = ops->set(&c);
	report(c.value);
	c.type = CTRL_INTEGER64;
	c.value64 = 7ull << 32;
	r += ops->set(&c);
	report(c.value64 & 0xff);
	c.type = CTRL_TABLE;
	c.table = &t;
	r += ops->set(&c);
	report(c.table->entries[2]);
	c.type = 9;
	c.value64 = 0x1234567890ull;
	return r + ops->set(&c);
}
