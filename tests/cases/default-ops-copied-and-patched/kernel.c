// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int default_open(struct bus *bus)
{
	kernel_only();
	bus->opened++;
	return 0;
}

static int default_send(struct bus *bus, u32 word)
{
	kernel_only();
	bus->log = bus->log * 10 + word;
	return bus->opened;
}

static void default_close(struct bus *bus)
{
	kernel_only();
	bus->opened--;
}

const struct bus_ops default_ops = {default_open, default_send, default_close};

int kattach(const struct bus_ops *ops)
{
	static struct bus bus;
	int result = 0;

	kernel_only();
	ops->open(&bus);
	result = ops->send(&bus, 3);
	result = result * 10 + ops->send(&bus, 1);
	if (ops->close)
		ops->close(&bus);
	report(bus.sent * 10000 + bus.log);
	return result * 10 + bus.opened;
}
