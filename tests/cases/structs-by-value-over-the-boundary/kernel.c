// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D, other, third;

int kreg(int (*f)(struct pair p))
{
	struct pair p = {&D, &other};
	kernel_only();
	D.level = 3;
	other.level = 4;
	int result = f(p);
	return result + D.level * 10 + other.level * 100 + third.level * 1000;
}

void kmove(struct pair p)
{
	kernel_only();
	p.to->level += p.from->level;
	p.to->seen = 6;
}

struct pair kpair(void)
{
	struct pair p = {&D, &third};
	kernel_only();
	third.level = 1;
	return p;
}
