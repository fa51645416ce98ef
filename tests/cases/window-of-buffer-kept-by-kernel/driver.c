// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct chan C;

static int x_tick(struct chan *c)
{
	int s = 0;
	for (int i = 0; i < c->in.len; i++) {
		s += c->in.mem[c->in.off + i];
		c->out.mem[c->out.off + i] = s;
	}
	c->out.len = c->in.len;
	return s;
}

static int scenario(void)
{
	C.out.mem = kzalloc(24, 0);
	C.in.mem = kzalloc(24, 0);
	C.in.off = 4;
	C.in.len = 3;
	C.out.off = 2;
	C.tick = x_tick;
	memset(C.in.mem, 9, 24);
	int r = chan_add(&C);
	C.out.off = 8;
	C.out.mem[9] = 50;
	return r * 100 + chan_flush();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
