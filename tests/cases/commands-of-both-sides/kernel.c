// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port *ports[2];

int port_ask(struct port *p, u32 op, void *data)
{
	struct range *range = data;
	struct level *level = data;

	kernel_only();
	switch (op) {
	case GET_RANGE:
		range->low = p->level + 1;
		range->high = p->level * range->step;
		return 3;
	case SET_LEVEL:
		level->was = p->level + 2;
		p->level = level->value & level->mask;
		return 4;
	case GET_COUNT:
		*(u32 *)data += ++p->count;
		return 5;
	case RESET:
		p->level = 7;
		return 6;
	}
	return -95;
}

int port_add(struct port *p)
{
	kernel_only();
	ports[0] = p;
	return 0;
}

int later(void)
{
	struct port *p = ports[0];
	struct range range = {1, 2, 5};
	struct level level = {0xf0, 0x5ff, 0};
	u32 count = 100;

	report(p->control(p, GET_RANGE, &range) + range.low * 100 + range.high);
	report(p->control(p, SET_LEVEL, &level) + level.was * 10);
	report(p->level);
	report(p->control(p, GET_COUNT, &count) + count * 10);
	report(p->control(p, RESET, NULL));
	return p->calls;
}
