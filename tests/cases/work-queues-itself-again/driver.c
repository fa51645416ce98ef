// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct poller {
	u32 left, trace;
	struct work work;
	struct work last;
};

static struct poller *poller;

static void finish(struct work *work)
{
	struct poller *p = container_of(work, struct poller, last);

	p->trace = p->trace * 10 + 9;
	report(p->trace);
}

static void poll(struct work *work)
{
	struct poller *p = container_of(work, struct poller, work);

	p->trace = p->trace * 10 + p->left;
	if (--p->left)
		kschedule(&p->work);
	else
		kschedule(&p->last);
}

static int scenario(void)
{
	poller = kzalloc(sizeof(*poller), 0);
	poller->left = 3;
	poller->work.fn = poll;
	poller->last.fn = finish;
	return kschedule(&poller->work) * 10 + kschedule(&poller->work);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
