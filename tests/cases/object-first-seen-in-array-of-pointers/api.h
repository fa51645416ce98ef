// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	u32 speed;
	u32 users;
};

struct hub {
	u32 n;
	struct port *ports[3];
};

struct dv {
	struct hub *hub;
	u32 level;
};

int kreg(int (*open)(struct dv *d), int (*turn)(void));
