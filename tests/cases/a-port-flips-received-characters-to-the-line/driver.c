// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct uart_line {
	u8 fifo[8];
	unsigned used, speed, active;
	struct tty_port port;
};

static struct uart_line *lines;

static int line_activate(struct tty_port *port, struct tty_struct *tty)
{
	struct uart_line *line = container_of(port, struct uart_line, port);

	line->active++;
	line->speed = tty->termios.c_ispeed;
	return 0;
}

static void line_shutdown(struct tty_port *port)
{
	container_of(port, struct uart_line, port)->active = 0;
}

static int uart_open(struct tty_struct *tty)
{
	struct uart_line *line = &lines[tty->index];

	tty->driver_data = line;
	return tty_port_open(&line->port, tty);
}

static unsigned uart_write_room(struct tty_struct *tty)
{
	struct uart_line *line = tty->driver_data;

	return sizeof(line->fifo) - line->used;
}

static long uart_write(struct tty_struct *tty, const u8 *buf, size_t count)
{
	struct uart_line *line = tty->driver_data;
	size_t n = uart_write_room(tty);

	if (n > count)
		n = count;
	memcpy(line->fifo + line->used, buf, n);
	line->used += n;
	return n;
}

static void uart_set_termios(struct tty_struct *tty, const struct ktermios *old)
{
	struct uart_line *line = tty->driver_data;
	u8 error = 0xff;

	report(old->c_ispeed);
	if (tty->termios.c_ispeed > 115200)
		tty->termios.c_ispeed = 115200;
	line->speed = tty->termios.c_ispeed;
	/* The line is looped back. */
	report(tty_insert_flip_string_fixed_flag(&line->port, line->fifo, TTY_NORMAL, line->used));
	tty_insert_flip_string_fixed_flag(&line->port, &error, TTY_FRAME, 1);
	line->used = 0;
	tty_flip_buffer_push(&line->port);
	report(line->port.count * 10 + line->active);
}

static const struct tty_port_operations line_ops = {line_activate, line_shutdown};
static const struct tty_operations uart_ops = {
	uart_open, uart_write, uart_write_room, uart_set_termios};

static int uart_init(void)
{
	struct tty_driver *driver = tty_alloc_driver(2);

	lines = kzalloc(2 * sizeof(*lines), 0);
	if (!driver || !lines)
		return -12;
	driver->name = "ttyX";
	driver->init_termios.c_cflag = 0x8b0;
	driver->init_termios.c_ispeed = 9600;
	driver->init_termios.c_cc[2] = 0x7f;
	driver->ops = &uart_ops;
	for (int i = 0; i < 2; i++) {
		lines[i].port.ops = &line_ops;
		tty_port_link_device(&lines[i].port, driver, i);
	}
	report(driver->ports[1] == &lines[1].port);
	report(driver->num);
	return tty_register_driver(driver);
}

module_init(uart_init);
