// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct meter *only;

static int letters(const char *const *modes)
{
	int sum = 0;

	for (int i = 0; modes[i]; i++)
		for (int k = 0; modes[i][k]; k++)
			sum += modes[i][k] - 'a' + i;
	return sum;
}

int meter_register(struct meter *meter)
{
	kernel_only();
	only = meter;
	return 0;
}

int meter_read(struct meter *meter)
{
	const int *values = NULL;
	const char *const *modes = NULL;
	int err = meter->ops->scale(meter, &values);

	kernel_only();
	if (err)
		return err;
	meter->ops->modes(meter, &modes);
	return (values[0] * 100 + values[1]) * 10 + values[2] + letters(modes) * 100000;
}

int later(void)
{
	kernel_only();
	only->reading = 8;
	return meter_read(only) + meter_read(only);
}
