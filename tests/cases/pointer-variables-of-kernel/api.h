// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct work {
	void (*fn)(struct work *w);
	int pending;
};

struct wq {
	struct work *queued;
	u32 count;
	const char *name;
};
extern struct wq *system_wq;
extern struct wq *const other_wq;
int queue_work(struct wq *q, struct work *w);
