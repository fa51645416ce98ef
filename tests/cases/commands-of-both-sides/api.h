// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { GET_RANGE = 1, SET_LEVEL, GET_COUNT, RESET };

struct range {
	u32 low, high;
	u16 step;
};

struct level {
	u64 mask;
	u32 value, was;
};

struct port {
	int (*control)(struct port *p, u32 op, void *data);
	u32 level, calls, count;
};

int port_add(struct port *p);
int port_ask(struct port *p, u32 op, void *data);
