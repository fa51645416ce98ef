// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct circ {
	char *buf;
	int head, tail;
};

struct uart_icount {
	u32 rx, tx, overrun;
};

struct uart_port;

struct uart_ops {
	u32 (*tx_empty)(struct uart_port *port);
	void (*start_tx)(struct uart_port *port);
	void (*set_termios)(struct uart_port *port, u32 *cflag, const u32 *old);
	const char *(*type)(struct uart_port *port);
};

struct uart_state {
	struct circ xmit;
};

struct uart_port {
	spinlock_t lock;
	u32 fifosize, line, mctrl;
	u8 x_char;
	struct uart_icount icount;
	struct uart_state *state;
	const struct uart_ops *ops;
};

struct serdev;

struct serdev_ops {
	int (*receive)(struct serdev *s, const u8 *data, size_t count);
	void (*wakeup)(struct serdev *s);
};

struct serdev {
	const struct serdev_ops *ops;
	void *drvdata;
	u32 baud;
};

#define XMIT 32
int kuart_add(struct uart_port *port);
void kuart_write_wakeup(struct uart_port *port);
int kserdev_open(struct serdev **s);
int kserdev_write(struct serdev *s, const u8 *data, size_t count);
