// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int use(struct hub *hub, u32 n)
{
	static const char *const labels[3] = {"left", "right", "subwoofer"};
	u32 levels[5] = {3, 1, 4, 1, 5};
	struct line *lines[4] = {NULL};
	u8 lengths[3] = {0, 0, 0};

	report(hub->ops->mix(hub, levels, n));
	report(hub->ops->label(hub, labels, 3, lengths));
	report(lengths[0] * 10000 + lengths[1] * 100 + lengths[2]);
	report(hub->ops->lines(hub, lines, 1, n - 1));
	report(lines[n - 2]->number);
	report(lines[0]->uses);
	return hub->ops->find(hub, "front-left");
}

static int x_init(void)
{
	report(use(hub_get(0), 5));
	report(use(hub_get(1), 3));
	report(use(hub_get(0), 4));
	return 0;
}

module_init(x_init);
