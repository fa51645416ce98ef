// SPDX-License-Identifier: MIT
#include <linux/api.h>

static char page[8];
static struct circ_buf ring = {page, 6, 6};
static struct uart_port *line;
static void (*handler)(struct uart_port *port, char in);
static int wakeups, received;

static void uart_write(const char *text, int n)
{
	spin_lock(&line->lock);
	for (; n--; text++) {
		line->xmit->buf[line->xmit->head] = *text;
		line->xmit->head = (line->xmit->head + 1) & 7;
	}
	line->start_tx(line);
	spin_unlock(&line->lock);
}

int uart_add_one_port(struct uart_port *port, void (*irq)(struct uart_port *port, char in))
{
	kernel_only();
	line = port;
	handler = irq;
	port->xmit = &ring;
	uart_write("abc", 3);
	return ring.head - ring.tail;
}

void uart_write_wakeup(struct uart_port *port, u32 sent)
{
	kernel_only();
	wakeups = wakeups * 3 + port->tx + sent % 1000;
}

void tty_insert_flip_char(struct uart_port *port, char c, char flag)
{
	kernel_only();
	received = received * 2 + (flag ? 1 : c);
}

int later(void)
{
	kernel_only();
	handler(line, 'k');
	uart_write("defg", 4);
	handler(line, 5);
	handler(line, 'm');
	return wakeups * 10000 + ring.tail * 1000 + received;
}
