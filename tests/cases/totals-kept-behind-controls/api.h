// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct control;

struct control_handler {
	int (*add)(struct control *control, const u8 *values, u32 count);
	u64 (*last)(struct control *control);
};

struct control {
	u32 id;
	const struct control_handler *handler;
	void *data;
};

extern const struct control_handler total_handler;
void kcontrol_register(struct control *control);
int kcontrol_tick(u32 by);
