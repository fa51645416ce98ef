// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct device {
	u32 runs;
	struct work work;
};

static void run(struct work *work)
{
	struct device *d = container_of(work, struct device, work);

	d->runs++;
	report(d->runs);
}

static int scenario(void)
{
	struct device *d = kzalloc(sizeof(*d), 0);

	list_init(&d->work.entry);
	d->work.fn = run;
	return kqueue(&d->work) * 10 + kqueue(&d->work);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
