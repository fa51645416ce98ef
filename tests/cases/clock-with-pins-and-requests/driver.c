// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_clock {
	struct clock_info info;
	struct clock *clock;
	struct clock_pin pins[3];
	u64 now, period;
	int pin;
	u32 enabled;
	long adj;
};

static int x_adj(struct clock_info *c, long ppm)
{
	struct x_clock *x = container_of(c, struct x_clock, info);

	if (ppm > c->max_adj || ppm < -c->max_adj)
		return -34;
	x->adj += ppm;
	return 0;
}

static int x_get(struct clock_info *c, struct clock_time *t)
{
	struct x_clock *x = container_of(c, struct x_clock, info);

	x->now += 1000 + x->adj;
	t->sec = x->now / 1000000;
	t->nsec = x->now % 1000000;
	return 0;
}

static int x_set(struct clock_info *c, const struct clock_time *t)
{
	struct x_clock *x = container_of(c, struct x_clock, info);

	x->now = t->sec * 1000000 + t->nsec;
	return 0;
}

static int x_enable(struct clock_info *c, struct clock_request *r, int on)
{
	struct x_clock *x = container_of(c, struct x_clock, info);
	u32 bit;

	switch (r->type) {
	case REQ_EXTTS:
		if (r->extts.flags & ~3u)
			return -95;
		bit = 1u << r->extts.index;
		break;
	case REQ_PEROUT:
		x->pin = clock_find_pin(x->clock, 2, r->perout.index);
		if (x->pin < 0)
			return -16;
		x->period = r->perout.period.sec * 1000000 + r->perout.period.nsec;
		r->perout.start.sec += x->pins[x->pin].name[2];
		bit = 0x100u << r->perout.index;
		break;
	default:
		return -22;
	}
	x->enabled = on ? x->enabled | bit : x->enabled & ~bit;
	return x->enabled;
}

static int x_verify(struct clock_info *c, u32 pin, u32 func, u32 chan)
{
	return pin >= (u32)c->n_pins || func > 2 || c->pins[pin].index + chan > 3 ? -1 : 0;
}

static void x_irq(void *data, u32 bits)
{
	struct x_clock *x = data;
	struct clock_event e = {.type = 1};

	for (int i = 0; i < 2; i++)
		if (bits & x->enabled >> i & 1u << i) {
			e.index = i;
			e.timestamp = x->now * 10 + i;
			clock_event(x->clock, &e);
		}
	if (x->enabled >> 8) {
		e.type = 3;
		e.pps.sec = x->period / 1000;
		e.pps.nsec = x->pins[x->pin].chan + x->pins[2].func * 10;
		clock_event(x->clock, &e);
	}
}

static struct x_clock x = {
	.info = {"x-clock", 500, 3, 2, 1, NULL, x_adj, x_get, x_set, x_enable, x_verify}};

static int x_init(void)
{
	static const char names[3][8] = {"SDP0", "SDQ1", "SDR2"};

	for (u32 i = 0; i < 3; i++) {
		memcpy(x.pins[i].name, names[i], 8);
		x.pins[i].index = i;
	}
	x.info.pins = x.pins;
	clock_irq(x_irq, &x);
	x.clock = clock_register(&x.info, NULL);
	report(x.pins[1].func * 10 + x.pins[1].chan);
	return x.clock ? 0 : -12;
}

module_init(x_init);
