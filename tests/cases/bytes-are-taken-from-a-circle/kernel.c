// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kuart_driver *driver;
static int (*handlers[8])(int irq, void *data);
static void *handler_data[8];
static void (*exit_function)(void);
static u32 wakeups;
int snprintf(char *to, size_t size, const char *format, ...);
static char names[2][8];

int kuart_register(struct kuart_driver *d)
{
	kernel_only();
	driver = d;
	d->state = kzalloc(d->nr * sizeof(*d->state), 0);
	return 0;
}

void kuart_unregister(struct kuart_driver *d)
{
	kernel_only();
	for (int i = 0; i < d->nr; i++)
		kfree(d->state[i].xmit.buf);
	kfree(d->state);
	d->state = NULL;
}

int kuart_add_port(struct kuart_driver *d, struct kuart_port *p)
{
	struct kuart_state *s = &d->state[p->line];

	kernel_only();
	s->uart_port = p;
	s->xmit.buf = kzalloc(CIRCLE, 0);
	p->state = s;
	p->drv = d;
	snprintf(names[p->line], 8, "%s%u", d->dev_name, p->line + 5);
	p->name = names[p->line];
	report(p->ops->type(p)[p->line + 5] * 1000 + p->ops->get_mctrl(p));
	return 0;
}

void kuart_write_wakeup(struct kuart_port *p)
{
	kernel_only();
	wakeups += 1 + p->line * 100;
}

u32 kuart_baud(struct ksettings *t, u32 min, u32 max)
{
	kernel_only();
	if (t->ospeed < min)
		t->ospeed = min;
	if (t->ospeed > max)
		t->ospeed = max;
	t->ispeed = t->ospeed;
	return t->ospeed;
}

void kinsert_char(struct kuart_port *p, u32 status, u32 overrun, u8 ch, u8 flag)
{
	struct ktty_port *t = &p->state->port;

	kernel_only();
	if (t->used == 40) {
		p->icount.overrun += !!(status & overrun);
		return;
	}
	t->chars[t->used] = ch;
	t->flags[t->used++] = status & ~overrun & ~1 ? flag : 0;
}

void kflip_push(struct ktty_port *p)
{
	kernel_only();
	for (; p->pushed < p->used; p->pushed++)
		report(p->chars[p->pushed] * 10 + p->flags[p->pushed]);
	p->used = p->pushed = 0;
	p->count++;
}

void kuart_console(struct kuart_port *p, const char *s, u32 n, void (*putc)(struct kuart_port *, u8))
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		if (s[i] == '\n')
			putc(p, '\r');
		putc(p, s[i]);
	}
}

int kirq_request(u32 irq, int (*handler)(int irq, void *data), void *data)
{
	kernel_only();
	if (handlers[irq])
		return -16;
	handlers[irq] = handler;
	handler_data[irq] = data;
	return 0;
}

void kexit(void (*exit)(void))
{
	kernel_only();
	exit_function = exit;
}

static void write(struct kuart_port *p, const char *s, u32 n)
{
	struct kcirc *c = &p->state->xmit;

	for (u32 i = 0; i < n && circ_pending(c) < CIRCLE - 1; i++) {
		c->buf[c->head] = s[i];
		c->head = (c->head + 1) & (CIRCLE - 1);
	}
	p->ops->start_tx(p);
	report(circ_pending(c) * 10 + p->ops->tx_empty(p));
}

int later(void)
{
	struct ksettings old = {0, 0, {1, 2, 3, 4}, 9600, 9600}, new = {1, 0x403, {5, 6}, 1, 40};
	char options[] = "115200";
	u32 delays[3] = {7, 90, 4};

	for (int i = 0; i < 2; i++) {
		struct kuart_port *p = driver->state[i].uart_port;

		report(driver->console_setup(p, options));
		report(p->ops->startup(p));
		report(p->ops->startup(p));
		p->ops->set_termios(p, &new, i ? &old : NULL);
		report(new.cflag * 1000000 + new.ospeed * 10 + new.iflag);
		p->ops->set_mctrl(p, 0x10);
		write(p, "ab!d\0fghijklmnopqrs", 12);
		p->x_char = 0x11;
		for (int k = 0; k < 4; k++)
			report(handlers[p->irq](p->irq, handler_data[p->irq]));
		if (p->rs485) {
			report(p->rs485(p, delays));
			report(p->rs485(p, delays + 1));
			delays[1] = 9;
			report(p->rs485(p, delays));
		}
		driver->console_write(p, "ok\n", 3);
		report(handlers[p->irq](p->irq, handler_data[p->irq]));
		report(p->ops->get_mctrl(p) * 100 + p->icount.frame * 10 + p->icount.brk);
		p->ops->shutdown(p);
		new.iflag = 2;
		new.ospeed = 400000;
	}
	report(wakeups);
	exit_function();
	return driver->state != NULL;
}
