// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	u32 speed;
	u32 users;
};

struct link {
	u32 n;
	struct port *port;
};

struct change {
	u32 step;
	struct link link;
	struct port *others[2];
};

int kreg(int (*turn)(struct change c));
void kchange(struct change c);
