// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sink_ops {
	void (*start)(u32 *samples, u32 count);
	int (*poll)(void);
};

void sink_register(const struct sink_ops *o);
