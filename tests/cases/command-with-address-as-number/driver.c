// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_state {
	struct tuning now;
	u32 speed;
};

static struct x_state state = {{3, 4}, 9};

static int x_open(struct file *f)
{
	f->private = &state;
	return 0;
}

static long x_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct x_state *x = f->private;

	switch (cmd) {
	case TUNE_GET:
		*(struct tuning *)arg = x->now;
		return 0;
	case TUNE_SET: {
		struct tuning *t = (struct tuning *)arg;

		if (t->band > 10)
			return -22;
		x->now.band = t->band;
		t->step = x->now.step++;
		return f->mode;
	}
	case TUNE_SPEED:
		x->speed = arg;
		return arg >> 40;
	}
	return -25;
}

static const struct file_ops ops = {x_open, x_ioctl};

static int x_init(void)
{
	struct tuning t = {7, 8};
	int status = kdev(&ops);

	report(kctl(TUNE_SET, (unsigned long)&t) + t.step * 10);
	report(kctl(TUNE_SPEED, 0x123456789abul));
	report(state.now.band * 1000 + state.now.step * 100 + state.speed);
	return status;
}

module_init(x_init);
