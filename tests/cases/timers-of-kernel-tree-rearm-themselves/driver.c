// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	u32 polls, timeouts, last;
	struct timer_list poll, timeout;
};

static void x_poll(struct timer_list *t)
{
	struct x_dev *x = container_of(t, struct x_dev, poll);
	x->last = jiffies;
	if (++x->polls < 7)
		mod_timer(t, t->expires + 10 * x->polls);
	if (x->polls == 2)
		mod_timer(&x->timeout, jiffies + 35);
	if (x->polls == 4)
		x->timeouts += 100 + 100 * timer_delete(&x->timeout);
}

static void x_timeout(struct timer_list *t)
{
	struct x_dev *x = container_of(t, struct x_dev, timeout);
	x->timeouts += 1 + x->poll.pending;
	x->last = x->last * 2 + x->timeouts;
	mod_timer(&x->poll, jiffies + 1 + x->last % 16);
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	x->poll.function = x_poll;
	x->timeout.function = x_timeout;
	mod_timer(&x->timeout, jiffies + 500);
	mod_timer(&x->poll, jiffies + 10);
	report(mod_timer(&x->poll, jiffies + 20));
	report(x->poll.expires);
	return 0;
}
module_init(x_init);
