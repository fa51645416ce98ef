// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct meter own_meter;
static struct lamp own_lamp;

// On every way it crosses behind what it writes.
static noinline void set_meter(u32 total)
{
	own_meter.total = total;
	if (total > 2)
		meter_changed();
	else
		meter_register(&own_meter);
}

// On one way it does not.
static noinline void set_limit(u32 most)
{
	own_meter.limit = most;
	if (most > 7)
		meter_changed();
}

static int meters_init(void)
{
	set_meter(1);
	own_lamp.level = 3;
	lamp_register(&own_lamp);
	set_limit(5);
	set_meter(8);
	own_lamp.level = 4;
	lamp_dimmed();
	report(meter_limit());
	own_lamp.level = 5;
	set_limit(6);
	lamp_changed();
	report(meter_limit());
	return 0;
}
module_init(meters_init);
