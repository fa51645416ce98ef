// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct group {
	const u16 *lines;
	u32 count;
};

static const u16 serial[] = {3, 4}, bus[] = {1, 2, 5, 7};
static const struct group groups[] = {{serial, 2}, {bus, 4}, {NULL, 0}};
static const char *const names[] = {"serial", "bus", "none"};

static int x_lines(struct mux *mux, u32 group, const u16 **lines, u32 *count)
{
	if (group > 2)
		return -22;
	*lines = groups[group].lines;
	*count = groups[group].count;
	return 0;
}

static int x_names(struct mux *mux, const char *const **list, int *count)
{
	*list = names;
	*count = mux->taken & 1 << 7 ? 2 : 3;
	return 0;
}

static const struct mux_ops x_ops = {x_lines, x_names};

static int x_init(void)
{
	struct mux *mux = kzalloc(sizeof *mux, 0);
	mux->ops = &x_ops;
	report(mux_register(mux));
	for (u32 group = 0; group < 4; group++)
		report(mux_take(mux, group));
	report(mux->taken);
	return 0;
}

module_init(x_init);
