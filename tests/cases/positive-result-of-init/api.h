// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	u32 n;
	u32 (*poll)(struct port *p);
};

void port_add(struct port *p);
