// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct bank_driver *driver;
static struct timer *timers;

void timer_start(struct timer *t, u32 due)
{
	kernel_only();
	t->due = due + 1;
	t->next = timers;
	timers = t;
}

static void run_timers(void)
{
	for (struct timer *t = timers; t; t = t->next)
		t->fire(t);
}

static struct bank *bank(int id, const u8 *blob)
{
	struct bank *b = kzalloc(sizeof(*b) + driver->state_size, 0);
	u8 *raw;

	b->id = id;
	raw = kmalloc(16, 0);
	memcpy(raw, blob, 16);
	raw[0] += 3;
	b->settings = raw;
	b->state = b + 1;
	report(driver->attach(b));
	return b;
}

static const u8 one[16] = {2, 0, 7, 0, 1, 5, 2, 6, 3, 7, 0, 0, 9},
		two[16] = {1, 1, 0, 2, 4, 4, 4, 4, 4, 4, 0, 0, 1};
static struct bank *banks[2];

int bank_driver_register(const struct bank_driver *d)
{
	kernel_only();
	if (d->state_size > 256)
		return -22;
	driver = d;
	banks[0] = bank(1, one);
	banks[1] = bank(2, two);
	return 0;
}

int later(void)
{
	struct bank *a = banks[0], *b = banks[1];
	u8 *raw = a->settings;

	report(driver->sample(a, 5));
	report(driver->sample(b, 6));
	raw[5] = 50;
	run_timers();
	for (u32 i = 0; i < 5; i++)
		report(driver->sample(i & 1 ? b : a, i));
	report(raw[12]);
	driver->detach(a);
	driver->detach(b);
	return ((u8 *)b->settings)[12];
}
