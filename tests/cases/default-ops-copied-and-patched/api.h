// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bus {
	u32 opened, sent, log;
};

struct bus_ops {
	int (*open)(struct bus *bus);
	int (*send)(struct bus *bus, u32 word);
	void (*close)(struct bus *bus);
};

extern const struct bus_ops default_ops;
int kattach(const struct bus_ops *ops);
