// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct regmap { u32 regs[2]; } wdt_map = {{0, 0x30a}};
static struct watchdog_device *registered;
static void (*irq)(void *data);
static void *irq_data;

struct regmap *dev_get_regmap(void)
{
	kernel_only();
	return &wdt_map;
}

int regmap_read(struct regmap *map, u32 reg, u32 *val)
{
	kernel_only();
	*val = map->regs[reg];
	return 0;
}

int regmap_write(struct regmap *map, u32 reg, u32 val)
{
	kernel_only();
	map->regs[reg] = val;
	return 0;
}

int request_irq(u32 number, void (*handler)(void *data), void *data)
{
	kernel_only();
	irq = handler;
	irq_data = data;
	return number != 3;
}

int watchdog_register_device(struct watchdog_device *wdd)
{
	kernel_only();
	if (wdd->pretimeout >= wdd->timeout)
		wdd->pretimeout = wdd->timeout / 3;
	wdd->id = 3;
	registered = wdd;
	return wdd->info->options & 0x8000 ? 0 : -22;
}

void watchdog_notify_pretimeout(struct watchdog_device *wdd)
{
	kernel_only();
	report(wdd->pretimeout * 1000 + wdd->info->identity[3] + wdd->info->firmware_version);
	wdd->pretimeout += 20;
	wdd->ops->start(wdd);
}

int later(void)
{
	registered->status |= 1 << WDOG_ACTIVE;
	report(registered->ops->start(registered));
	report(wdt_map.regs[WD_LOAD] * 10 + registered->status);
	irq(irq_data);
	report(registered->ops->set_timeout(registered, 25));
	report(registered->timeout * 100 + registered->pretimeout);
	irq(irq_data);
	return wdt_map.regs[WD_LOAD] + registered->max_timeout;
}
