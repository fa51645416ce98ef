// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sensor {
	u32 id, gain;
};

struct sample_query {
	struct sensor *sensor;
	u32 channel;
	int value;
	u8 raw[4];
};

struct window_query {
	u32 from, to, hits;
};

struct meter_ops {
	long (*query)(void *private, unsigned int code, void *query);
};

int meter_register(const struct meter_ops *ops, void *private);
