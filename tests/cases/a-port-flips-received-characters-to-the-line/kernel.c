// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct tty_driver *registered;
static long received;

struct tty_driver *tty_alloc_driver(unsigned lines)
{
	struct tty_driver *driver = kzalloc(sizeof(*driver), 0);

	kernel_only();
	driver->num = lines;
	driver->ports = kzalloc(lines * sizeof(*driver->ports), 0);
	return driver;
}

int tty_register_driver(struct tty_driver *driver)
{
	kernel_only();
	registered = driver;
	return driver->ops ? 0 : -22;
}

void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned index)
{
	kernel_only();
	driver->ports[index] = port;
}

size_t tty_insert_flip_string_fixed_flag(
	struct tty_port *port, const u8 *chars, u8 flag, size_t size)
{
	struct tty_buffer *buf = &port->buf;

	kernel_only();
	if (size > sizeof(buf->chars) - buf->used)
		size = sizeof(buf->chars) - buf->used;
	memcpy(buf->chars + buf->used, chars, size);
	memset(buf->flags + buf->used, flag, size);
	buf->used += size;
	return size;
}

void tty_flip_buffer_push(struct tty_port *port)
{
	kernel_only();
	for (int i = 0; i < port->buf.used; i++)
		received = received * 3 + (port->buf.flags[i] ? 1000 * port->buf.flags[i] : port->buf.chars[i]);
	received += port->tty->index;
	port->buf.used = 0;
}

int tty_port_open(struct tty_port *port, struct tty_struct *tty)
{
	kernel_only();
	port->tty = tty;
	if (port->count++)
		return 0;
	return port->ops->activate(port, tty);
}

int later(void)
{
	struct tty_driver *driver = registered;
	struct tty_struct *tty = kzalloc(sizeof(*tty), 0);
	struct ktermios old;
	u8 text[6] = "hello";

	tty->index = 1;
	tty->driver = driver;
	tty->port = driver->ports[1];
	tty->termios = driver->init_termios;
	report(driver->ops->open(tty));
	report(driver->ops->open(tty));
	report(driver->ops->write(tty, text, 5));
	text[0] = 'j';
	report(driver->ops->write(tty, text, 5));
	report(driver->ops->write_room(tty));
	old = tty->termios;
	tty->termios.c_ispeed = 230400;
	driver->ops->set_termios(tty, &old);
	report(tty->termios.c_ispeed + tty->termios.c_cc[2]);
	report(driver->ops->write_room(tty));
	report(received);
	tty->port->ops->shutdown(tty->port);
	return driver->ports[0]->count * 10 + driver->ports[1]->count;
}
