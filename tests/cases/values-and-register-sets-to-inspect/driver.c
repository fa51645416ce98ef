// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	u32 limit, ticks;
	u8 level;
	_Bool verbose;
	struct debug_blob blob;
	struct debug_regset set;
	u8 log[16];
	u8 regs[24];
};

static const struct debug_reg regs[] = {{"CTRL", 0}, {"STATUS", 4}, {"DATA", 16}};

static int x_tick(void *data)
{
	struct x_dev *x = data;

	x->ticks++;
	if (x->verbose)
		x->log[x->ticks % sizeof(x->log)] = 'a' + x->level;
	if (x->ticks >= x->limit) {
		x->level--;
		x->limit += 2;
	}
	x->regs[4] = x->ticks;
	x->regs[16] += x->level;
	x->blob.size = x->ticks;
	return x->level;
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof(*x), 0);
	struct dentry *dir = debug_dir("x");

	x->limit = 3;
	x->level = 9;
	x->regs[0] = 0xc3;
	debug_u32("limit", dir, &x->limit);
	debug_u8("level", dir, &x->level);
	debug_bool("verbose", dir, &x->verbose);
	x->blob.data = x->log;
	x->blob.size = sizeof(x->log);
	debug_blob("log", dir, &x->blob);
	x->set.regs = regs;
	x->set.nregs = 3;
	x->set.base = x->regs;
	debug_regset("regs", dir, &x->set);
	call_tick(x_tick, x);
	report(x_tick(x));
	return 0;
}

module_init(x_init);
