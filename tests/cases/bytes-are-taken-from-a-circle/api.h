// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define CIRCLE 16
#define circ_empty(c) ((c)->head == (c)->tail)
#define circ_pending(c) (((c)->head - (c)->tail) & (CIRCLE - 1))

struct kuart_port;
struct kuart_driver;

struct kcirc {
	char *buf;
	int head, tail;
};

struct ksettings {
	u32 iflag, cflag;
	u8 cc[4];
	u32 ispeed, ospeed;
};

struct ktty_port {
	void *tty;
	u8 chars[40], flags[40];
	u32 used, pushed, count;
	unsigned low_latency : 1;
};

struct kuart_state {
	struct ktty_port port;
	struct kcirc xmit;
	struct kuart_port *uart_port;
};

struct kuart_icount {
	u32 rx, tx, frame, parity, brk, overrun, cts;
};

struct kuart_ops {
	u32 (*tx_empty)(struct kuart_port *p);
	void (*set_mctrl)(struct kuart_port *p, u32 mctrl);
	u32 (*get_mctrl)(struct kuart_port *p);
	void (*stop_tx)(struct kuart_port *p);
	void (*start_tx)(struct kuart_port *p);
	int (*startup)(struct kuart_port *p);
	void (*shutdown)(struct kuart_port *p);
	void (*set_termios)(struct kuart_port *p, struct ksettings *new, const struct ksettings *old);
	const char *(*type)(struct kuart_port *p);
};

struct kuart_port {
	spinlock_t lock;
	u32 line, uartclk, fifosize, read_mask, ignore_mask, mctrl, custom_divisor;
	u8 x_char, irq, iotype;
	const struct kuart_ops *ops;
	struct kuart_icount icount;
	struct kuart_state *state;
	struct kuart_driver *drv;
	int (*rs485)(struct kuart_port *p, const u32 *delays);
	void *private_data;
	const char *name;
};

struct kuart_driver {
	const char *dev_name;
	int major, nr;
	struct kuart_state *state;
	int (*console_setup)(struct kuart_port *p, char *options);
	void (*console_write)(struct kuart_port *p, const char *s, u32 n);
};

int kuart_register(struct kuart_driver *d);
void kuart_unregister(struct kuart_driver *d);
int kuart_add_port(struct kuart_driver *d, struct kuart_port *p);
void kuart_write_wakeup(struct kuart_port *p);
u32 kuart_baud(struct ksettings *t, u32 min, u32 max);
void kinsert_char(struct kuart_port *p, u32 status, u32 overrun, u8 ch, u8 flag);
void kflip_push(struct ktty_port *p);
void kuart_console(struct kuart_port *p, const char *s, u32 n, void (*putc)(struct kuart_port *, u8));
int kirq_request(u32 irq, int (*handler)(int irq, void *data), void *data);
void kexit(void (*exit)(void));
int kstrtouint(const char *string, u32 base, u32 *result);
