// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int *values;
static const char *modes[] = {"fast", "slow", NULL, NULL};

static int x_scale(struct meter *meter, const int **out)
{
	if (meter->reading < 0)
		return -19;
	values[1] += 10;
	values[2] = meter->reading;
	*out = values;
	return 0;
}

static int x_modes(struct meter *meter, const char *const **out)
{
	*out = modes;
	return 0;
}

static const struct meter_ops x_ops = {x_scale, x_modes};

static int x_init(void)
{
	struct meter *meter = kzalloc(sizeof *meter, 0);
	values = kzalloc(3 * sizeof *values, 0);
	values[0] = 7;
	meter->ops = &x_ops;
	meter->reading = 3;
	report(meter_register(meter));
	report(meter_read(meter));
	modes[0] = "quick";
	modes[2] = "off";
	report(meter_read(meter));
	meter->reading = -1;
	report(meter_read(meter));
	meter->reading = 5;
	return 0;
}

module_init(x_init);
