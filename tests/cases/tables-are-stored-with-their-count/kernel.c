// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct mux *only;

static int sum_of_names(struct mux *mux)
{
	const char *const *names = NULL;
	int count = 0, sum = 0;

	if (mux->ops->names(mux, &names, &count))
		return -1;
	for (int i = 0; i < count; i++)
		for (int k = 0; names[i][k]; k++)
			sum = sum * 3 % 10007 + names[i][k];
	return sum;
}

int mux_register(struct mux *mux)
{
	kernel_only();
	only = mux;
	return sum_of_names(mux);
}

int mux_take(struct mux *mux, u32 group)
{
	const u16 *lines = NULL;
	u32 count = 0;
	int err;

	kernel_only();
	err = mux->ops->lines(mux, group, &lines, &count);
	if (err)
		return err;
	for (u32 i = 0; i < count; i++)
		mux->taken |= 1 << lines[i];
	return count ? lines[count - 1] : 0;
}

int later(void)
{
	int sum = sum_of_names(only);

	kernel_only();
	only->taken = 0;
	return sum * 100 + mux_take(only, 0) * 10 + mux_take(only, 2) + only->taken;
}
