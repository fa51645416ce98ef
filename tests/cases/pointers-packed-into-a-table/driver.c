// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct color {
	u32 red;
};

struct shape {
	u32 sides, size;
};

static struct shape square = {4, 10};

static int x_init(void)
{
	struct color *color = kmalloc(sizeof(*color), 0);
	void *found[6] = {0};
	struct shape *shape;
	unsigned int n;

	color->red = 7;
	keep(&square, 1);
	keep(NULL, 2);
	keep(color, 3);
	keep(&square, 0);
	found[4] = color;
	n = keep_find(found, 1, 4);
	report(n);
	report(found[0] == color);
	color = found[0];
	report(color->red);
	shape = found[2];
	report(shape->sides + shape->size);
	report(found[1] != NULL && found[1] != shape);
	report(found[4] == color);
	return 0;
}

module_init(x_init);
