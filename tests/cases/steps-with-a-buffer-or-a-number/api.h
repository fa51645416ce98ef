// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { STEP_READ, STEP_WRITE, STEP_WAIT };

struct step {
	u32 kind, len;

	union {
		void *in;
		const void *out;
		u64 value;
	};
};

struct bus_ops {
	int (*run)(const struct step *step);
};

int kbus_register(const struct bus_ops *ops);
