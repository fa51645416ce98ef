// SPDX-License-Identifier: MIT
#include <linux/api.h>

u64 ticks = 10;
static struct timer *armed[4];

void ktimer_setup(struct timer *timer, void (*fn)(struct timer *timer), u32 flags)
{
	kernel_only();
	timer->fn = fn;
	timer->flags = flags;
}

int kdel_timer(struct timer *timer)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (armed[i] == timer) {
			armed[i] = NULL;
			return 1;
		}
	return 0;
}

int kmod_timer(struct timer *timer, u64 expires)
{
	int was = kdel_timer(timer);

	timer->expires = expires;
	for (int i = 0; i < 4; i++)
		if (!armed[i]) {
			armed[i] = timer;
			break;
		}
	return was;
}

int later(void)
{
	int runs = 0;

	kernel_only();
	for (; ticks < 40; ticks++)
		for (int i = 0; i < 4; i++) {
			struct timer *timer = armed[i];

			if (!timer || timer->expires > ticks)
				continue;
			armed[i] = NULL;
			timer->fn(timer);
			runs++;
		}
	return runs;
}
