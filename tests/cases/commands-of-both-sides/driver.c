// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_control(struct port *p, u32 op, void *data)
{
	struct range *range = data;
	struct level *level = data;

	p->calls++;
	switch (op) {
	case GET_RANGE:
		range->low = p->level / 2;
		range->high += p->level * range->step;
		return 0;
	case SET_LEVEL:
		level->was = p->level;
		p->level = level->value & level->mask;
		return 1;
	case GET_COUNT:
		*(u32 *)data += p->calls;
		return 2;
	}
	return -22;
}

static struct port port = {.control = x_control, .level = 40};

static int x_init(void)
{
	struct range range = {.step = 3};
	struct level level = {.mask = 0xff, .value = 0x123};
	u32 count = 5;
	int status = port_add(&port);

	report(port_ask(&port, GET_RANGE, &range) + range.low * 10 + range.high);
	report(port_ask(&port, SET_LEVEL, &level) + level.was * 10);
	report(port.level);
	report(port_ask(&port, GET_COUNT, &count) + count * 10);
	report(port_ask(&port, RESET, NULL));
	report(port_ask(&port, 99, NULL));
	report(port.level * 100 + port.calls);
	return status;
}

module_init(x_init);
