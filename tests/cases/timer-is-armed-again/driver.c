// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct device {
	struct timer heartbeat;
	struct timer watchdog;
	u32 beats, barks;
	u64 last;
};

static struct device dev;

static void beat(struct timer *timer)
{
	struct device *d = container_of(timer, struct device, heartbeat);

	d->beats++;
	d->last = timer->expires;
	if (d->beats == 4) {
		report(kdel_timer(&d->watchdog));
		report(d->beats * 1000 + d->barks * 100 + d->last);
		return;
	}
	kmod_timer(timer, timer->expires + 2);
	if (d->beats == 2)
		kmod_timer(&d->watchdog, timer->expires + 9);
}

static void bark(struct timer *timer)
{
	struct device *d = container_of(timer, struct device, watchdog);

	d->barks += timer->flags;
}

static int scenario(void)
{
	ktimer_setup(&dev.heartbeat, beat, 1);
	ktimer_setup(&dev.watchdog, bark, 3);
	kmod_timer(&dev.watchdog, ticks + 2);
	return kmod_timer(&dev.heartbeat, ticks + 1);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
