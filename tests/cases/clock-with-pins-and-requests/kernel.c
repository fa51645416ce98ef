// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct clock {
	struct clock_info *info;
	int index;
};

static struct clock *clock_;
static void (*handler)(void *data, u32 bits);
static void *cookie;

void clock_irq(void (*h)(void *data, u32 bits), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
}

static int set_pin(struct clock_info *info, u32 pin, u32 func, u32 chan)
{
	int status = info->verify(info, pin, func, chan);

	if (!status) {
		info->pins[pin].func = func;
		info->pins[pin].chan = chan;
	}
	return status;
}

struct clock *clock_register(struct clock_info *info, void *parent)
{
	kernel_only();
	clock_ = kzalloc(sizeof(*clock_), 0);
	clock_->info = info;
	report(info->name[2] + info->n_pins);
	for (int i = 0; i < info->n_pins; i++)
		report(info->pins[i].name[2] * 10 + info->pins[i].index);
	report(set_pin(info, 1, 1, 1));
	return clock_;
}

void clock_event(struct clock *c, struct clock_event *e)
{
	kernel_only();
	report(e->type * 1000000 + e->index * 100000 +
		(e->type == 1 ? (long)e->timestamp % 100000 : e->pps.sec + e->pps.nsec));
}

int clock_find_pin(struct clock *c, u32 func, u32 chan)
{
	kernel_only();
	for (int i = 0; i < c->info->n_pins; i++)
		if (c->info->pins[i].func == func && c->info->pins[i].chan == chan)
			return i;
	return -1;
}

static void get(void)
{
	struct clock_time t = {0};

	clock_->info->gettime(clock_->info, &t);
	report(t.sec * 1000000 + t.nsec);
}

int later(void)
{
	struct clock_info *info = clock_->info;
	struct clock_request r = {.type = REQ_PEROUT, .perout = {{7, 1}, {3, 250}, 0}};
	struct clock_time t = {12, 345678};

	report(info->settime(info, &t));
	get();
	report(info->adjfine(info, 501));
	report(info->adjfine(info, -300));
	get();
	report(info->enable(info, &r, 1));
	report(set_pin(info, 2, 2, 0));
	report(set_pin(info, 2, 2, 2));
	report(info->enable(info, &r, 1));
	report(r.perout.start.sec);
	r.type = REQ_EXTTS;
	r.extts.index = 0;
	r.extts.flags = 2;
	report(info->enable(info, &r, 1));
	handler(cookie, 3);
	r.extts.flags = 4;
	report(info->enable(info, &r, 1));
	r.type = REQ_PPS;
	report(info->enable(info, &r, 1));
	info->pins[2].chan = 9;
	handler(cookie, 1);
	return 0;
}
