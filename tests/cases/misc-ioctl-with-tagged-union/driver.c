// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct ctl_arg ctl[3];
	struct miscdevice misc;
};

static long x_ioctl(struct miscdevice *misc, u32 cmd, unsigned long arg)
{
	struct x_dev *x = container_of(misc, struct x_dev, misc);
	struct ctl_arg a, *c;
	if (copy_user(&a, (void *)arg, sizeof a))
		return -14;
	c = &x->ctl[a.id % 3];
	if (cmd == CTL_GET)
		return copy_user((void *)arg, c, sizeof *c);
	if (a.type != c->type)
		return -34;
	if (a.type == CTL_INT) {
		c->value += a.value;
	} else if (a.type == CTL_BOOL) {
		c->on = !!a.on;
	} else {
		c->range.min = a.range.max;
		c->range.max = a.range.min;
	}
	ctl_event(misc, c);
	return misc->changes;
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	for (u32 i = 0; i < 3; i++)
		x->ctl[i].type = (enum ctl_type)i;
	x->ctl[0].value = 1000;
	x->misc.minor = 255;
	x->misc.ioctl = x_ioctl;
	report(misc_register(&x->misc));
	return 0;
}
module_init(x_init);
