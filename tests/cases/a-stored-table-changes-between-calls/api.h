// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct meter;

struct meter_ops {
	int (*scale)(struct meter *meter, const int **values);
	int (*modes)(struct meter *meter, const char *const **modes);
};

struct meter {
	const struct meter_ops *ops;
	int reading;
};

int meter_register(struct meter *meter);
int meter_read(struct meter *meter);
