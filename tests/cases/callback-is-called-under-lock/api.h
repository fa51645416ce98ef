// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct port {
	spinlock_t lock;
	u32 head, tail, drops;
	void (*kick)(struct port *port);
};

void kport_add(struct port *port);
int kpush(struct port *port, u32 count);
