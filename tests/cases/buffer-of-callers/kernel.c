// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct source *the;

static long hash(const char *buf, long n)
{
	long all = n;

	for (long i = 0; i < n; i++)
		all = all * 31 + buf[i];
	return all;
}

static long ask(char *buf)
{
	return hash(buf, the->fill(buf));
}

static long ask_once(void)
{
	char small[24];

	return ask(small);
}

int source_add(const struct source *s)
{
	char buf[32];

	kernel_only();
	the = s;
	report(ask(buf));
	return ask_once();
}
