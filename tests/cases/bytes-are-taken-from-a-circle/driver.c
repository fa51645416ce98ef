// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { RX = 1, TX = 2, FRAMING = 4, OVERRUN = 8, BREAK = 16 };

struct x_regs {
	u8 fifo[8];
	u16 status[8];
	u8 head, tail, sent, ier;
	u32 check, divisor;
};

struct x_port {
	struct kuart_port port;
	struct x_regs regs;
	u32 opens, lcr;
	u8 loop;
};

static struct x_port ports[2];

#define to_x(p) container_of(p, struct x_port, port)

static void put(struct kuart_port *p, u8 ch)
{
	struct x_port *x = to_x(p);

	x->regs.check = (x->regs.check * 31 + ch) % 1000003;
	x->regs.sent++;
	if (x->loop && (u8)(x->regs.head - x->regs.tail) < 8) {
		x->regs.fifo[x->regs.head % 8] = ch;
		x->regs.status[x->regs.head++ % 8] = RX | (ch == '!' ? FRAMING : 0) | (ch == 0 ? BREAK : 0);
	}
}

static u32 tx_empty(struct kuart_port *p)
{
	return circ_empty(&p->state->xmit);
}

static void set_mctrl(struct kuart_port *p, u32 mctrl)
{
	to_x(p)->loop = mctrl >> 4 & 1;
}

static u32 get_mctrl(struct kuart_port *p)
{
	return 0x20 | p->line << 1 | to_x(p)->loop;
}

static void stop_tx(struct kuart_port *p)
{
	to_x(p)->regs.ier &= ~TX;
}

static void transmit(struct kuart_port *p)
{
	struct kcirc *xmit = &p->state->xmit;
	u32 count = p->fifosize;

	if (p->x_char) {
		put(p, p->x_char);
		p->icount.tx++;
		p->x_char = 0;
		return;
	}
	while (count-- && !circ_empty(xmit)) {
		put(p, xmit->buf[xmit->tail]);
		xmit->tail = (xmit->tail + 1) & (CIRCLE - 1);
		p->icount.tx++;
	}
	if (circ_pending(xmit) < 4)
		kuart_write_wakeup(p);
	if (circ_empty(xmit))
		stop_tx(p);
}

static void start_tx(struct kuart_port *p)
{
	struct x_port *x = to_x(p);

	if (!(x->regs.ier & TX)) {
		x->regs.ier |= TX;
		transmit(p);
	}
}

static void receive(struct x_port *x)
{
	struct kuart_port *p = &x->port;

	while (x->regs.tail != x->regs.head) {
		u32 status = x->regs.status[x->regs.tail % 8];
		u8 ch = x->regs.fifo[x->regs.tail++ % 8], flag = 0;

		p->icount.rx++;
		if (status & BREAK) {
			p->icount.brk++;
			flag = 1;
		} else if (status & FRAMING) {
			p->icount.frame++;
			flag = 3;
		}
		status &= p->read_mask;
		if (!(status & p->ignore_mask))
			kinsert_char(p, status, OVERRUN, ch, flag);
	}
	kflip_push(&p->state->port);
}

static int irq(int n, void *data)
{
	struct kuart_port *p = data;
	struct x_port *x = to_x(p);
	unsigned long flags = _raw_spin_lock_irqsave(&p->lock);
	int handled = 0;

	if (x->regs.ier & RX && x->regs.head != x->regs.tail) {
		receive(x);
		handled++;
	}
	if (x->regs.ier & TX) {
		transmit(p);
		handled += 2;
	}
	_raw_spin_unlock_irqrestore(&p->lock, flags);
	return handled;
}

static int startup(struct kuart_port *p)
{
	struct x_port *x = to_x(p);
	int err = kirq_request(p->irq, irq, p);

	if (err)
		return err;
	x->regs.ier = RX;
	x->opens++;
	p->private_data = &x->regs;
	return 0;
}

static void shutdown(struct kuart_port *p)
{
	struct x_regs *r = p->private_data;

	r->ier = 0;
	report(r->check);
	report(r->sent * 1000 + r->divisor);
	p->private_data = NULL;
}

static void set_termios(struct kuart_port *p, struct ksettings *new, const struct ksettings *old)
{
	struct x_port *x = to_x(p);
	u32 baud = kuart_baud(new, 50, p->uartclk / 16);

	x->regs.divisor = p->uartclk / 16 / baud;
	x->lcr = new->cflag & 3;
	new->cflag &= ~0x400;
	new->ospeed = p->uartclk / 16 / x->regs.divisor;
	p->read_mask = RX | OVERRUN;
	if (new->iflag & 1)
		p->read_mask |= FRAMING;
	p->ignore_mask = new->iflag & 2 ? FRAMING | BREAK : 0;
	if (old)
		report(old->ospeed * 10 + old->cc[1]);
}

static const char *type(struct kuart_port *p)
{
	return p->line ? "X-UART2" : "X-UART";
}

static const struct kuart_ops ops = {tx_empty, set_mctrl, get_mctrl, stop_tx, start_tx, startup,
	shutdown, set_termios, type};

static int rs485(struct kuart_port *p, const u32 *delays)
{
	if (delays[0] + delays[1] > 100)
		return -34;
	to_x(p)->lcr |= delays[0] << 8 | delays[1] << 16;
	return to_x(p)->lcr;
}

static int console_setup(struct kuart_port *p, char *options)
{
	u32 baud;

	if (kstrtouint(options, 10, &baud))
		return -22;
	to_x(p)->regs.divisor = p->uartclk / 16 / baud;
	return to_x(p)->regs.divisor;
}

static void console_write(struct kuart_port *p, const char *s, u32 n)
{
	if (!spin_trylock(&p->lock))
		return;
	kuart_console(p, s, n, put);
	spin_unlock(&p->lock);
}

static struct kuart_driver driver = {"ttyX", 204, 2, NULL, console_setup, console_write};

static void x_exit(void)
{
	for (int i = 0; i < 2; i++)
		report(ports[i].opens * 10000 + ports[i].port.icount.tx * 100 + ports[i].port.icount.rx);
	kuart_unregister(&driver);
}

static int x_init(void)
{
	int err = kuart_register(&driver);

	for (u32 i = 0; i < 2 && !err; i++) {
		struct kuart_port *p = &ports[i].port;

		p->line = i;
		p->uartclk = 1843200 * (i + 1);
		p->fifosize = 6 - i;
		p->irq = 3 + i;
		p->ops = &ops;
		p->rs485 = i ? rs485 : NULL;
		err = kuart_add_port(&driver, p);
		report(p->name[4]);
	}
	kexit(x_exit);
	return err;
}

module_init(x_init);
