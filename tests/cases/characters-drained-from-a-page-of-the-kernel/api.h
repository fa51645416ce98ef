// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define XMIT 64

struct circ {
	char *buf;
	int head, tail;
};

struct port;

struct port_ops {
	u32 (*tx_empty)(struct port *p);
	void (*start_tx)(struct port *p);
	int (*startup)(struct port *p);
	void (*set_baud)(struct port *p, u32 *baud);
};

struct port_state {
	struct circ xmit;
	u8 flips[32];
	u32 flipped;
	struct port *port;
};

struct port_count {
	u32 rx, tx, overrun;
};

struct port {
	u32 line, fifosize, baud;
	struct port_count icount;
	const struct port_ops *ops;
	struct port_state *state;
	u8 x_char;
};

int port_add(struct port *p);
void port_wakeup(struct port *p);
int port_insert(struct port *p, u8 ch, u8 flag);
void port_push(struct port *p);
void port_irq(int (*handler)(int irq, void *data), void *data);

static inline int circ_pending(const struct circ *c)
{
	return (c->head - c->tail) & (XMIT - 1);
}
