// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct clock {
	u32 users;
};

static struct clock clock = {1};
static u32 order;

static void clock_off(void *data)
{
	struct clock *c = data;

	c->users--;
	order = order * 10 + 1;
}

static void state_down(void *data)
{
	struct device *dev = data;

	dev->state += 5;
	order = order * 10 + 2;
}

static void memory_gone(void *data)
{
	u32 *word = data;

	order = order * 10 + *word;
	kfree(word);
}

static int probe(struct device *dev)
{
	u32 *word = kzalloc(sizeof(*word), 0);

	*word = 7;
	clock.users++;
	dev->state = 1;
	if (kadd_action(dev, clock_off, &clock) || kadd_action(dev, state_down, dev))
		return -12;
	return kadd_action(dev, memory_gone, word);
}

static int scenario(void)
{
	int result = kbind(probe);

	report(order);
	report(clock.users);
	return result;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
