// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct {
	u32 a;
	u32 hits;
} S;

static u32 level = 3;

static int cb(void)
{
	S.hits++;
	return level;
}

static int scenario(void)
{
	ku32("hits", &S.hits);
	ku32("level", &level);
	S.hits = 4;
	report(kget(0));
	report(kget(1));
	return kfire(cb) + level + S.hits;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
