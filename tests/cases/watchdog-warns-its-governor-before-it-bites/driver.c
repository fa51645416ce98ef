// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct acme_wdt {
	struct watchdog_device wdd;
	struct regmap *map;
	struct watchdog_info info;
	u32 rate, pings, warned;
};

static int acme_start(struct watchdog_device *wdd)
{
	struct acme_wdt *wdt = container_of(wdd, struct acme_wdt, wdd);
	wdt->pings++;
	wdd->status |= 1 << WDOG_HW_RUNNING;
	return regmap_write(wdt->map, WD_LOAD, wdd->timeout * wdt->rate);
}

static int acme_set_timeout(struct watchdog_device *wdd, u32 timeout)
{
	wdd->timeout = timeout;
	if (wdd->pretimeout >= wdd->timeout)
		wdd->pretimeout = 0;
	return acme_start(wdd);
}

static void acme_irq(void *data)
{
	struct acme_wdt *wdt = data;
	if (wdt->wdd.pretimeout && ++wdt->warned)
		watchdog_notify_pretimeout(&wdt->wdd);
	report(wdt->pings * 100 + wdt->warned * 10 + wdt->wdd.status);
}

static const struct watchdog_ops acme_ops = {acme_start, acme_set_timeout};

static int acme_init(void)
{
	struct acme_wdt *wdt = kzalloc(sizeof(*wdt), 0);
	if (!wdt)
		return -12;
	wdt->map = dev_get_regmap();
	regmap_read(wdt->map, WD_CTRL, &wdt->rate);
	wdt->info = (struct watchdog_info){0x8180, wdt->rate >> 8, "ACME watchdog"};
	wdt->rate &= 0xff;
	wdt->wdd = (struct watchdog_device){-1, &wdt->info, &acme_ops, 30, 35, .max_timeout = 40, .driver_data = wdt};
	if (watchdog_register_device(&wdt->wdd)) {
		kfree(wdt);
		return -19;
	}
	report(wdt->wdd.id * 100 + wdt->wdd.pretimeout);
	return request_irq(wdt->wdd.id, acme_irq, wdt);
}

module_init(acme_init);
