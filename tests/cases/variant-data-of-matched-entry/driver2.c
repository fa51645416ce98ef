// SPDX-License-Identifier: MIT
#include <linux/api.h>

#include <linux/x.h>

static const u8 old_regs[R_COUNT] = {0, 1, 2}, new_regs[R_COUNT] = {8, 4, 12};

static u32 old_convert(const struct x_chip *c, u32 raw)
{
	return raw * c->variant->nports;
}

static int new_setup(struct x_chip *c)
{
	u32 stat = x_get(c, R_STAT);

	if (stat & 0x80)
		return -16;
	c->ports = stat & 7;
	dev_write(c->dev, new_regs[R_CTRL], stat | 0x100);
	return 0;
}

static u32 new_convert(const struct x_chip *c, u32 raw)
{
	return (raw >> 4) + c->ports + dev_read(c->dev, new_regs[R_CTRL]);
}

const struct x_variant x_old = {"A1", old_regs, NULL, old_convert, 2, {0, 3}};
const struct x_variant x_new = {"B2", new_regs, new_setup, new_convert, 4, {1, 2, 3, 4}};
