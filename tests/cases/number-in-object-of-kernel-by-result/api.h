// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	u32 id;
	u32 level, limit;
	u32 counts[4];
	u8 address[6];
};

struct port *port_get(u32 id);
u32 *port_level(struct port *p);
u32 *port_count(u32 id, u32 n);
u32 *port_either(u32 id, int second);
u8 *port_address(u32 id);
void count_on(u32 *p, u32 n);
void port_listen(u32 (*tick)(u32 x));
