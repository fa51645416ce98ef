// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct file_ops *ops;
static struct file file = {.mode = 5};

int kdev(const struct file_ops *o)
{
	kernel_only();
	ops = o;
	return ops->open(&file);
}

long kctl(u32 cmd, unsigned long arg)
{
	kernel_only();
	if (cmd == TUNE_SET) {
		struct tuning *t = (void *)arg;

		t->step += t->band;
		return 1;
	}
	return arg & 0xff;
}

int later(void)
{
	struct tuning t = {0, 0};

	report(ops->ioctl(&file, TUNE_GET, (unsigned long)&t) + t.band * 10 + t.step);
	t.band = 6;
	report(ops->ioctl(&file, TUNE_SET, (unsigned long)&t) + t.step * 10);
	t.band = 60;
	report(ops->ioctl(&file, TUNE_SET, (unsigned long)&t));
	report(ops->ioctl(&file, TUNE_SPEED, 0x7700000000ul + 321));
	report(ops->ioctl(&file, 0x99, 5));
	return ops->ioctl(&file, TUNE_GET, (unsigned long)&t) + t.band * 10 + t.step;
}
