// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int room, written, frames;

static int uart_write(struct ktty *tty, const u8 *buffer, int count)
{
	int n = count < room ? count : room;
	kernel_only();
	room -= n;
	for (int i = 0; i < n; i++)
		written = written * 2 + buffer[i];
	return n;
}

static const struct ktty_ops uart_ops = {uart_write};
static struct ktty uart = {&uart_ops};

int knet_receive(const u8 *frame, int length)
{
	kernel_only();
	for (int i = 0; i < length; i++)
		frames = frames * 3 + frame[i];
	return frames;
}

int kldisc_register(const struct kldisc *ldisc)
{
	static const u8 bytes[] = {1, 2, 3, 0xc0, 4};
	int left;
	kernel_only();
	uart.ldisc = ldisc;
	room = ldisc->open(&uart) + 1;
	left = ldisc->receive(&uart, bytes, NULL, 5);
	return left * 10000 + written * 100 + uart.receive_room;
}

int later(void)
{
	static const u8 bytes[] = {5, 6, 0xc0, 7}, flags[] = {0, 1, 0, 0};
	kernel_only();
	room = 9;
	uart.ldisc->wakeup(&uart);
	uart.ldisc->receive(&uart, bytes, flags, 4);
	return (frames * 100 + written) * 100 + uart.receive_room;
}
