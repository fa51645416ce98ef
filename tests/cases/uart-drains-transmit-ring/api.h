// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct circ_buf {
	char *buf;
	int head, tail;
};

struct uart_port {
	spinlock_t lock;
	void (*start_tx)(struct uart_port *port);
	struct circ_buf *xmit;
	u32 tx, rx, fifosize;
};

int uart_add_one_port(struct uart_port *port, void (*irq)(struct uart_port *port, char in));
void uart_write_wakeup(struct uart_port *port, u32 sent);
void tty_insert_flip_char(struct uart_port *port, char c, char flag);
