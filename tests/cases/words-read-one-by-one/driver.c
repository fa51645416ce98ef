// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_chip {
	struct bus bus;
	u16 regs[8];
	u32 fails;
};

static int x_rd(void *ctx, u32 reg, u16 *val)
{
	struct x_chip *c = ctx;

	if (reg >= 8) {
		c->fails++;
		return -5;
	}
	*val += c->regs[reg];
	return 0;
}

static int x_init(void)
{
	struct x_chip *c = kzalloc(sizeof(*c), 0);
	u16 *block = kzalloc(12 * sizeof(*block), 0);
	struct dump d = {1, 3, block + 6};
	u16 few[4] = {1, 1, 1, 1};
	int status;

	for (int i = 0; i < 8; i++)
		c->regs[i] = 11 * i;
	c->bus.rd = x_rd;
	c->bus.ctx = c;
	status = wire_register(&c->bus);
	report(wire_read_block(&c->bus, 2, few, 4));
	report(few[0] + few[1] * 3 + few[2] * 5 + few[3] * 7);
	report(wire_read_block(&c->bus, 0, block, 6));
	report(block[1] + block[5] * 100);
	report(wire_fill(&c->bus, &d));
	report(block[6] + block[7] * 10 + block[8] * 100 + block[9]);
	report(wire_read_block(&c->bus, 7, few, 2));
	report(few[0] * 10 + c->fails);
	report(c->bus.reads);
	return status;
}

module_init(x_init);
