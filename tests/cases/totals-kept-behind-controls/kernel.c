// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct control *known;

static int add(struct control *control, const u8 *values, u32 count)
{
	u64 *total = control->data;

	kernel_only();
	for (u32 i = 0; i < count; i++)
		*total += values[i];
	return count == 3 ? 0 : -22;
}

static u64 last(struct control *control)
{
	kernel_only();
	return *(u64 *)control->data;
}

const struct control_handler total_handler = {add, last};

void kcontrol_register(struct control *control)
{
	kernel_only();
	known = control;
}

int kcontrol_tick(u32 by)
{
	kernel_only();
	*(u64 *)known->data += by;
	return *(u64 *)known->data - 1000;
}

int later(void)
{
	const u8 values[] = {200, 100, 50};

	report(known->handler->add(known, values, 3));
	report(known->handler->last(known));
	report(*(u64 *)known->data);
	*(u64 *)known->data += 900;
	report(known->handler->add(known, values, 3));
	report(total_handler.last(known));
	return known->handler->last(known);
}
