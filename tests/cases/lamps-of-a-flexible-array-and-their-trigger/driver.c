// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_lamp {
	u8 reg;
	struct lamp lamp;
	u8 shadow;
};

struct x_lamps {
	u32 writes;
	u32 count;
	struct x_lamp lamps[];
};

static struct x_lamps *lamps;

static void x_set(struct lamp *lamp, u32 value)
{
	struct x_lamp *l = container_of(lamp, struct x_lamp, lamp);

	l->shadow = value ^ l->reg;
	lamps->writes++;
	report((l - lamps->lamps) * 1000 + l->shadow);
}

static u32 x_get(struct lamp *lamp)
{
	struct x_lamp *l = container_of(lamp, struct x_lamp, lamp);

	return l->shadow ^ l->reg;
}

static int x_blink(struct lamp *lamp, unsigned long *on, unsigned long *off)
{
	if (!*on && !*off)
		*on = *off = 500;
	if (*on + *off > 2000)
		return -22;
	*off += *on % 16;
	*on &= ~15ul;
	lamp->flags |= 4;
	return 0;
}

static int x_init(void)
{
	static const char *const names[] = {"x:red", "x:green", "x:blue"};
	int status;

	lamps = kzalloc(sizeof(*lamps) + 3 * sizeof(lamps->lamps[0]), 0);
	lamps->count = 3;
	for (u32 i = 0; i < lamps->count; i++) {
		struct x_lamp *l = &lamps->lamps[i];

		l->reg = 0x10 + i;
		l->lamp.name = names[i];
		l->lamp.brightness_set = x_set;
		if (i != 1)
			l->lamp.brightness_get = x_get;
		if (i == 2)
			l->lamp.blink_set = x_blink;
		l->lamp.default_trigger = i ? "heartbeat" : "disk";
		status = lamp_register(&l->lamp);
		if (status)
			return status;
		report(l->lamp.max_brightness);
	}
	report(lamps->writes);
	return 0;
}

module_init(x_init);
