// SPDX-License-Identifier: MIT
#include <linux/api.h>

int strcmp(const char *a, const char *b);

struct entry {
	struct pad *pad;
	handler_t handler;
	const char *name;
};

static struct entry entries[8];
static int used;

static void add(struct pad *pad, handler_t handler, const char *name)
{
	entries[used].pad = pad;
	entries[used].handler = handler;
	entries[used++].name = name;
}

int pad_register(
	struct pad *pad, const handler_t *handlers, const char *const names[], int count)
{
	kernel_only();
	for (int i = count - 1; i >= 0; i--)
		if (handlers[i])
			add(pad, handlers[i], names[i]);
	return used;
}

int pad_check(struct pad *pad, const handler_t handlers[2], const char *name)
{
	kernel_only();
	for (int i = 0; i < used; i++)
		if (!strcmp(entries[i].name, name))
			return handlers[0](pad, i) * 100 + handlers[1](pad, 10 * i);
	return -2;
}

int later(void)
{
	int sum = 0;

	for (int i = 0; i < used; i++) {
		for (const char *c = entries[i].name; *c; c++)
			sum = (sum * 3 + *c) % 10007;
		report(entries[i].handler(entries[i].pad, sum));
	}
	return entries[0].pad->hits * 10 + entries[1].pad->last;
}
