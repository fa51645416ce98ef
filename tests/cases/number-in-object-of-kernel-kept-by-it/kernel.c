// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct meter meter;
static u32 *watched;

struct meter *meter_get(u32 id)
{
	kernel_only();
	meter.id = id;
	return &meter;
}

void meter_watch(u32 *level)
{
	kernel_only();
	watched = level;
}

int later(void)
{
	report(watched == &meter.level);
	*watched += 5;
	return meter.level;
}
