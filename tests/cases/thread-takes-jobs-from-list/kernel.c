// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct task {
	int (*fn)(void *);
	void *data;
	int stop;
	const char *name;
};
static struct task T;
static int left;

int should_stop(void)
{
	kernel_only();
	return left-- <= 0;
}

void wait(void)
{
	kernel_only();
	left = 0;
}

struct task *thread_run(int (*fn)(void *), void *data, const char *name)
{
	kernel_only();
	T.fn = fn, T.data = data, T.name = name;
	left = 5;
	return &T;
}

int thread_stop(struct task *t)
{
	kernel_only();
	report(t->name[1]);
	return t->fn(t->data);
}
