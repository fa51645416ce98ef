// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct circ {
	char *buf;
	int head, tail;
};

struct state {
	struct circ xmit;
	u32 sent;
};
struct uops;

struct uport {
	struct state *state;
	const struct uops *ops;
	u32 line;
	u8 x_char;

	struct {
		u32 rx, tx;
	} icount;
};

struct uops {
	u32 (*tx_empty)(struct uport *);
	void (*start_tx)(struct uport *);
	int (*startup)(struct uport *);
};

int port_add(struct uport *p);
void port_rx(struct uport *p, u8 ch, char flag);
