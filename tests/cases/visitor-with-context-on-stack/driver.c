// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct count {
	u32 seen, fastest;
	struct dev *best;
	u32 limit;
};

static int visit(struct dev *dev, void *context)
{
	struct count *count = context;

	count->seen++;
	dev->mark = count->seen;
	if (dev->speed > count->fastest) {
		count->fastest = dev->speed;
		count->best = dev;
	}
	return count->seen == count->limit;
}

static int match(struct dev *dev, const void *key)
{
	return dev->id == *(const u32 *)key;
}

static int scenario(void)
{
	struct count count = {.limit = 9};
	u32 wanted = 3;
	struct dev *found;
	int result = kfor_each(visit, &count);

	report(count.seen * 1000 + count.fastest);
	report(count.best->id);
	count.seen = 0;
	count.limit = 2;
	result = result * 10 + kfor_each(visit, &count);
	report(count.seen);
	found = kfind(&wanted, match);
	return result * 1000 + found->speed * 10 + found->mark;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
