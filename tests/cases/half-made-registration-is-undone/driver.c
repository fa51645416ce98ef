// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct board {
	struct part first, second, third;
	u32 values;
};

static int use(struct part *part, u32 value)
{
	part->used += value;
	return part->id;
}

static int probe(struct board *board, const char *third)
{
	int error;

	board->first.name = "first";
	board->first.use = use;
	error = kpart_add(&board->first);
	if (error)
		return error;
	board->second.name = "second";
	board->second.use = use;
	error = kpart_add(&board->second);
	if (error)
		goto out_first;
	board->third.name = third;
	board->third.use = use;
	error = kpart_add(&board->third);
	if (error)
		goto out_second;
	return 0;
out_second:
	kpart_del(&board->second);
out_first:
	kpart_del(&board->first);
	return error;
}

static int scenario(void)
{
	struct board *bad = kzalloc(sizeof(*bad), 0), *good = kzalloc(sizeof(*good), 0);
	int result = probe(bad, "bad");

	report(result);
	report(kuse_all(1));
	kfree(bad);
	result = probe(good, "third");
	report(kuse_all(2));
	kpart_del(&good->second);
	report(kuse_all(4));
	return result * 1000 + good->first.used * 100 + good->second.used * 10 + good->third.used;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
