// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct watchdog_device *dog;

int parse_args(const struct kernel_param *params)
{
	int n = 0;
	kernel_only();
	for (; params[n].name; n++)
		params[n].set(params[n].name[0] == 't' ? "300" : "16", &params[n]);
	return n;
}

int param_set_uint(const char *value, const struct kernel_param *kp)
{
	u32 v = 0;
	kernel_only();
	for (; *value; value++)
		v = v * 10 + *value - '0';
	*(u32 *)kp->arg = v;
	return 0;
}

int watchdog_register_device(struct watchdog_device *wdd)
{
	kernel_only();
	dog = wdd;
	if (wdd->timeout > wdd->max_timeout)
		wdd->timeout = wdd->max_timeout / 2;
	wdd->status |= 1UL << WDOG_ACTIVE;
	return wdd->ops->start(wdd);
}

int later(void)
{
	int sum = dog->status * 100000;
	kernel_only();
	dog->timeout = 45;
	sum += dog->ops->ping(dog) * 10;
	dog->status &= ~(1UL << WDOG_ACTIVE);
	sum += dog->ops->stop(dog) * 10;
	return sum + dog->status;
}
