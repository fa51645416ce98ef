// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { TTY_NORMAL, TTY_BREAK, TTY_FRAME, TTY_PARITY };

struct tty_port;
struct tty_struct;

struct ktermios {
	unsigned c_cflag;
	unsigned c_ispeed;
	u8 c_cc[4];
};

struct tty_buffer {
	int used;
	u8 chars[32];
	u8 flags[32];
};

struct tty_port_operations {
	int (*activate)(struct tty_port *port, struct tty_struct *tty);
	void (*shutdown)(struct tty_port *port);
};

struct tty_port {
	struct tty_buffer buf;
	const struct tty_port_operations *ops;
	struct tty_struct *tty;
	int count;
};

struct tty_operations {
	int (*open)(struct tty_struct *tty);
	long (*write)(struct tty_struct *tty, const u8 *buf, size_t count);
	unsigned (*write_room)(struct tty_struct *tty);
	void (*set_termios)(struct tty_struct *tty, const struct ktermios *old);
};

struct tty_driver {
	const char *name;
	unsigned num;
	struct ktermios init_termios;
	struct tty_port **ports;
	const struct tty_operations *ops;
	void *driver_state;
};

struct tty_struct {
	int index;
	struct tty_driver *driver;
	struct tty_port *port;
	struct ktermios termios;
	void *driver_data;
};

struct tty_driver *tty_alloc_driver(unsigned lines);
int tty_register_driver(struct tty_driver *driver);
void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned index);
size_t tty_insert_flip_string_fixed_flag(
	struct tty_port *port, const u8 *chars, u8 flag, size_t size);
void tty_flip_buffer_push(struct tty_port *port);
int tty_port_open(struct tty_port *port, struct tty_struct *tty);
