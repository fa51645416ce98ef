// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long x_read(struct dev *d, char __user *to, size_t n)
{
	char low = d->sum & 15, high = d->sum >> 4;

	if (n < 2 || _copy_to_user(to, &low, 1) || _copy_to_user(to + 1, &high, 1))
		return -14;
	return 2;
}

static long x_write(struct dev *d, const char __user *from, size_t n)
{
	char bytes[8];
	size_t i;

	if (n > sizeof bytes || _copy_from_user(bytes, from, n))
		return -14;
	for (i = 0; i < n; i++)
		d->sum += bytes[i];
	return n;
}

static long x_control(struct dev *d, struct request *r)
{
	if (r->command != 7)
		return -22;
	return _copy_to_user(r->data, &d->sum, sizeof d->sum);
}

static const struct ops ops = { .read = x_read, .write = x_write, .control = x_control };
static struct dev dev = { .ops = &ops };

static int x_init(void)
{
	return kregister(&dev);
}
module_init(x_init);
