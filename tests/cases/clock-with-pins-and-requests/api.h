// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct clock_time {
	long sec;
	u32 nsec, reserved;
};

struct clock_pin {
	char name[8];
	u32 index, func, chan;
};

struct clock_request {
	enum { REQ_EXTTS, REQ_PEROUT, REQ_PPS } type;

	union {
		struct {
			u32 index, flags;
		} extts;

		struct {
			struct clock_time start, period;
			u32 index;
		} perout;
	};
};

struct clock_event {
	int type, index;

	union {
		u64 timestamp;

		struct {
			u32 sec, nsec;
		} pps;
	};
};

struct clock_info {
	char name[16];
	int max_adj, n_pins, n_ext_ts, n_per_out;
	struct clock_pin *pins;
	int (*adjfine)(struct clock_info *c, long ppm);
	int (*gettime)(struct clock_info *c, struct clock_time *t);
	int (*settime)(struct clock_info *c, const struct clock_time *t);
	int (*enable)(struct clock_info *c, struct clock_request *r, int on);
	int (*verify)(struct clock_info *c, u32 pin, u32 func, u32 chan);
};

struct clock;

struct clock *clock_register(struct clock_info *info, void *parent);
void clock_event(struct clock *c, struct clock_event *e);
int clock_find_pin(struct clock *c, u32 func, u32 chan);
void clock_irq(void (*handler)(void *data, u32 bits), void *data);
