// SPDX-License-Identifier: MIT
#include <linux/api.h>

extern u32 x_timeout, x_margin;
extern const struct kernel_param x_params[];

static int x_ping(struct watchdog_device *wdd)
{
	u32 *pings = wdd->driver_data;
	return ++*pings * 1000 + wdd->timeout;
}

static int x_start(struct watchdog_device *wdd)
{
	wdd->status |= 1UL << WDOG_HW_RUNNING;
	return x_ping(wdd);
}

static int x_stop(struct watchdog_device *wdd)
{
	wdd->status &= ~(1UL << WDOG_HW_RUNNING);
	return *(u32 *)wdd->driver_data;
}

static const struct watchdog_ops x_ops = {x_start, x_stop, x_ping};

static int x_init(void)
{
	struct watchdog_device *wdd = kzalloc(sizeof *wdd, 0);
	report(parse_args(x_params));
	wdd->driver_data = kzalloc(sizeof(u32), 0);
	wdd->ops = &x_ops;
	wdd->max_timeout = 200 + x_margin;
	wdd->timeout = x_timeout;
	report(watchdog_register_device(wdd));
	return 0;
}
module_init(x_init);
