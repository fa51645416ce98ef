// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct line_chip {
	const char *label;
	int base;
	u16 nlines;
	const char *const *names;
	int (*direction_output)(struct line_chip *c, u32 line, int value);
	int (*get)(struct line_chip *c, u32 line);
	int (*get_multiple)(struct line_chip *c, unsigned long *mask, unsigned long *bits);
	void (*set_multiple)(struct line_chip *c, unsigned long *mask, unsigned long *bits);
	void *data;
};

int line_chip_add(struct line_chip *chip, void *data);

static inline void *line_chip_data(struct line_chip *chip)
{
	return chip->data;
}
