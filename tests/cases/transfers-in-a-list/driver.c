// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct chip {
	struct spi *spi;
	u8 tx[4], rx[4];
	struct transfer two[2];
	struct message first;
	u8 buf[16];
	u32 done;
	struct message m;
	struct transfer t;
};

static int reg_read(struct chip *c, u8 reg)
{
	struct transfer *t = c->two;
	u8 *rx = c->rx;
	c->tx[0] = reg | 0x80;
	t[0].tx = c->tx;
	t[0].len = 1;
	t[1].rx = rx;
	t[1].len = 2;
	struct message *m = &c->first;
	m->actual = 0;
	list_init(&m->transfers);
	list_add_tail(&t[0].list, &m->transfers);
	list_add_tail(&t[1].list, &m->transfers);
	int e = spi_sync(c->spi, m);
	if (e)
		return e;
	return rx[0] * 256 + rx[1] + m->actual * 100000;
}

static void done(void *p)
{
	struct chip *c = p;
	c->done += c->m.actual + c->buf[0];
	report(c->done);
}
static struct chip C;

static int x_init(void)
{
	struct chip *c = &C;
	c->spi = spi_find(0);
	c->spi->mode = 3;
	report(reg_read(c, 5));
	report(reg_read(c, 9));
	list_init(&c->m.transfers);
	c->buf[0] = 40;
	c->t.tx = c->buf;
	c->t.rx = c->buf;
	c->t.len = 4;
	list_add_tail(&c->t.list, &c->m.transfers);
	c->m.complete = done;
	c->m.context = c;
	report(spi_async(c->spi, &c->m));
	return 0;
}

module_init(x_init);
