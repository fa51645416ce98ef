// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pkt {
	u8 *head;
	u8 *data;
	u32 len;
	u32 end;
	u32 csum;
};

struct port {
	int (*xmit)(struct port *p, struct pkt *b);
	u32 sent;
};

int port_add(struct port *p);
struct pkt *pkt_alloc(u32 size);
int pkt_rx(struct pkt *b);
