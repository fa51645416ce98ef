// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_bank {
	struct line_chip chip;
	u32 out, dir;
	u8 in[9];
};

static int x_output(struct line_chip *c, u32 line, int value)
{
	struct x_bank *b = line_chip_data(c);

	if (line >= 32)
		return -22;
	b->dir |= 1u << line;
	b->out = value ? b->out | 1u << line : b->out & ~(1u << line);
	return 0;
}

static int x_get(struct line_chip *c, u32 line)
{
	struct x_bank *b = line_chip_data(c);

	if (line < 32 && b->dir >> line & 1)
		return b->out >> line & 1;
	return b->in[line / 8] >> line % 8 & 1;
}

static int x_get_multiple(struct line_chip *c, unsigned long *mask, unsigned long *bits)
{
	for (u32 i = 0; i < c->nlines; i++) {
		if (!(mask[i / 64] >> i % 64 & 1))
			continue;
		bits[i / 64] &= ~(1ul << i % 64);
		bits[i / 64] |= (unsigned long)x_get(c, i) << i % 64;
	}
	return 0;
}

static void x_set_multiple(struct line_chip *c, unsigned long *mask, unsigned long *bits)
{
	struct x_bank *b = container_of(c, struct x_bank, chip);

	b->out = (b->out & ~mask[0]) | (bits[0] & mask[0]);
	b->dir |= mask[0];
	report(b->out);
}

static int x_init(void)
{
	static const char *const names[70] = {[3] = "reset", [69] = "irq"};
	struct x_bank *b = kzalloc(sizeof(*b), 0);
	int status;

	for (int i = 0; i < 9; i++)
		b->in[i] = 0x31 * i + 5;
	b->chip.label = "x-bank";
	b->chip.base = -1;
	b->chip.nlines = 70;
	b->chip.names = names;
	b->chip.direction_output = x_output;
	b->chip.get = x_get;
	b->chip.get_multiple = x_get_multiple;
	b->chip.set_multiple = x_set_multiple;
	status = line_chip_add(&b->chip, b);
	report(b->chip.base);
	return status;
}

module_init(x_init);
