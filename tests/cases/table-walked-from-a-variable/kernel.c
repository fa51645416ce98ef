// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static const struct param *the;

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static int set(const char *name, u32 v)
{
	const struct param *p;
	int r;
	for (p = the; p->name; p++)
		if (same(p->name, name)) {
			if (v < p->min || v > p->max)
				return -34;
			r = p->set ? p->set(v) : 1;
			return r;
		}
	return -2;
}

int register_params(const struct param *p)
{
	kernel_only();
	the = p;
	return set("speed", 4) * 100 + set("depth", 9);
}

int later(void)
{
	note(set("speed", 8));
	note(set("speed", 7));
	note(set("speed", 11));
	note(set("depth", 50));
	note(set("other", 1));
	return noted;
}
