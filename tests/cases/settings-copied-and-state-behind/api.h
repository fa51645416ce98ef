// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct timer {
	void (*fire)(struct timer *t);
	u32 due;
	struct timer *next;
};

struct bank {
	int id;
	void *settings;
	void *state;
};

struct bank_driver {
	u32 state_size;
	int (*attach)(struct bank *b);
	u32 (*sample)(struct bank *b, u32 at);
	void (*detach)(struct bank *b);
};

int bank_driver_register(const struct bank_driver *d);
void timer_start(struct timer *t, u32 due);
