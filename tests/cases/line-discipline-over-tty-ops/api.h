// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ktty;

struct ktty_ops {
	int (*write)(struct ktty *tty, const u8 *buffer, int count);
};

struct kldisc {
	int (*open)(struct ktty *tty);
	int (*receive)(struct ktty *tty, const u8 *bytes, const u8 *flags, int count);
	void (*wakeup)(struct ktty *tty);
};

struct ktty {
	const struct ktty_ops *ops;
	const struct kldisc *ldisc;
	void *disc_data;
	int receive_room;
};

int kldisc_register(const struct kldisc *ldisc);
int knet_receive(const u8 *frame, int length);
