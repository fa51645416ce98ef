// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_watch {
	struct notifier nb;
	u32 events, limit, linked;
	struct netdev *last;
};

static int x_mtu(struct x_watch *x, struct note_mtu *m)
{
	if (m->mtu > x->limit) {
		m->info.reason = "mtu too large";
		return 0x8001;
	}
	m->info.dev->flags |= 0x100;
	m->mtu &= ~7u;
	return 1;
}

static int x_upper(struct x_watch *x, struct note_upper *u)
{
	if (u->linking) {
		x->linked += u->upper->ifindex;
		u->allowed = netdev_lower_count(u->upper) + x->events;
		u->upper->flags |= u->info.dev->flags & 0xf00;
	} else {
		x->linked -= u->upper->ifindex;
	}
	report(x->linked);
	return 1;
}

static int x_call(struct notifier *n, unsigned long event, void *data)
{
	struct x_watch *x = container_of(n, struct x_watch, nb);
	struct note_info *info = data;

	x->events++;
	x->last = info->dev;
	switch (event) {
	case NOTE_UP:
		report(info->dev->ifindex * 100 + info->dev->name[3]);
		return 1;
	case NOTE_MTU:
		return x_mtu(x, container_of(info, struct note_mtu, info));
	case NOTE_UPPER:
		return x_upper(x, data);
	}
	return 0;
}

static struct x_watch watch = {.nb = {.call = x_call, .priority = 3}, .limit = 1500};

static int x_init(void)
{
	int status = note_register(&watch.nb);

	report(watch.events);
	report(watch.last->mtu);
	return status;
}

module_init(x_init);
