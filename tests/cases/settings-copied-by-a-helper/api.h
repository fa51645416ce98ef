// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bank {
	int id;
	void *settings;
};

struct bank_driver {
	int (*attach)(struct bank *b);
};

int bank_driver_register(const struct bank_driver *d);
