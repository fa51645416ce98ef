// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u64 total = 1000;
static u32 calls;

static int add(struct control *control, const u8 *values, u32 count)
{
	const struct control_handler *next = &total_handler;
	int error;

	calls++;
	report(total);
	error = next->add(control, values, count);
	if (total > 2000)
		total = 2000;
	return error;
}

static u64 last(struct control *control)
{
	return total + control->id;
}

static const struct control_handler handler = {add, last};
static struct control control = {7, &handler, &total};

static int x_init(void)
{
	kcontrol_register(&control);
	report(kcontrol_tick(5));
	report(total);
	total += 100;
	report(kcontrol_tick(1));
	report(total);
	return calls;
}

module_init(x_init);
