// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct line_chip *chip;

int line_chip_add(struct line_chip *c, void *data)
{
	int sum = 0;

	kernel_only();
	c->data = data;
	if (c->base < 0)
		c->base = 512 - c->nlines;
	chip = c;
	for (u32 i = 0; i < c->nlines; i++)
		if (c->names[i])
			sum += c->names[i][0] * 100 + i;
	report(sum);
	return 0;
}

static void read_all(unsigned long low, unsigned long high)
{
	unsigned long mask[2] = {low, high}, bits[2] = {~0ul, 0xf0};

	report(chip->get_multiple(chip, mask, bits));
	report(bits[0] % 1000003);
	report(bits[1]);
}

int later(void)
{
	unsigned long mask[2] = {0xff00, 0}, bits[2] = {0x5a5a, 0};

	read_all(~0ul, 0x3f);
	report(chip->direction_output(chip, 3, 1));
	report(chip->direction_output(chip, 40, 1));
	chip->set_multiple(chip, mask, bits);
	read_all(0xffff, 0x0f);
	report(chip->get(chip, 3) * 10 + chip->get(chip, 69));
	return 0;
}
