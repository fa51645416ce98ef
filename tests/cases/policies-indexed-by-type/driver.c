// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct policy P[4] = {{0, 0}, {1, 4}, {2, 8}, {1, 1}};
static u32 state[4];

static int set(struct info *i)
{
	if (!i->attrs[1])
		return -22;
	u32 v;
	memcpy(&v, i->attrs[1]->data, 4);
	state[0] = v + i->seq;
	if (i->attrs[3])
		state[1] += i->attrs[3]->data[0];
	return 0;
}

static int get(struct info *i)
{
	if (i->attrs[2]) {
		memcpy(i->attrs[2]->data, state, 8);
		return 8;
	}
	return state[0];
}
static const struct ops O[] = {{1, set}, {2, get}};
static struct family F = {"x", 3, P, O, 2};

static int x_init(void)
{
	report(family_register(&F));
	report(F.id);
	report(state[0] + state[1] * 1000);
	return 0;
}

module_init(x_init);
