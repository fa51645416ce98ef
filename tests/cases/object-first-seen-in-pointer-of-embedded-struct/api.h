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

struct dv {
	u32 level;
	struct link up;
	struct link side[2];
};

int kreg(int (*open)(struct dv *d), int (*turn)(void));
