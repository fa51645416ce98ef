// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 store[20];
static size_t at;

static long x_read(struct iter *it)
{
	size_t n = it->left < at ? it->left : at;
	return to_iter(store, n, it);
}

static long x_write(struct iter *it)
{
	size_t n = it->left < sizeof store - at ? it->left : sizeof store - at;
	n = from_iter(store + at, n, it);
	for (size_t i = 0; i < n; i++)
		store[at + i] += 1;
	at += n;
	return n;
}
static const struct fops ops = {x_read, x_write};

static int scenario(void)
{
	int r = dev_add(&ops);
	for (size_t i = 0; i < sizeof store; i++)
		r = r * 3 + store[i];
	return r;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
