// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u64 last;

static int set(struct ctrl *c)
{
	switch (c->type) {
	case CTRL_INTEGER:
		last = c->value + c->id;
		c->value = c->value > 10 ? 10 : c->value;
		return 0;
	case CTRL_INTEGER64:
		last = c->value64 >> 32;
		c->value64++;
		return 0;
	case CTRL_TABLE:
		last = c->table->entries[1];
		c->table->entries[2] = 9;
		return 0;
	}
	return -22;
}
static const struct ctrl_ops ops = {set};

static int x_init(void)
{
	report(kctrl(&ops));
	report(last);
	return 0;
}

module_init(x_init);
