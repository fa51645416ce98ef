// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct notifier *chain;
static struct netdev devs[3] = {
	{1, 0x203, 1400, NULL, "eth0"}, {2, 0x403, 1300, NULL, "eth1"}, {9, 1, 1200, NULL, "bnd0"}};

static int notify(unsigned long event, void *data)
{
	int r = 0;

	for (struct notifier *n = chain; n; n = n->next) {
		r = n->call(n, event, data);
		if (r & 0x8000)
			break;
	}
	return r;
}

int note_register(struct notifier *n)
{
	kernel_only();
	n->next = chain;
	chain = n;
	for (int i = 0; i < 2; i++) {
		struct note_info info = {&devs[i], NULL};

		notify(NOTE_UP, &info);
	}
	return 0;
}

u32 netdev_lower_count(const struct netdev *upper)
{
	u32 n = 0;

	kernel_only();
	for (int i = 0; i < 3; i++)
		n += devs[i].upper == upper;
	return n;
}

static void set_mtu(int i, u32 mtu)
{
	struct note_mtu m = {{&devs[i], NULL}, mtu};
	int r = notify(NOTE_MTU, &m);

	report(r);
	if (m.info.reason)
		report(m.info.reason[4]);
	else
		devs[i].mtu = m.mtu;
	report(devs[i].mtu * 10000 + devs[i].flags);
}

static void link_upper(int i, _Bool linking)
{
	struct note_upper u = {{&devs[i], NULL}, &devs[2], linking, 0};

	devs[i].upper = linking ? &devs[2] : NULL;
	report(notify(NOTE_UPPER, &u));
	report(u.allowed * 10000 + devs[2].flags);
}

int later(void)
{
	struct note_info last = {&devs[2], NULL};

	set_mtu(0, 1437);
	set_mtu(1, 9000);
	link_upper(0, 1);
	link_upper(1, 1);
	link_upper(0, 0);
	set_mtu(1, 1499);
	return notify(99, &last);
}
