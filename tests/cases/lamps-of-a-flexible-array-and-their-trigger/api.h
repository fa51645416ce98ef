// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct lamp;

struct lamp_trigger {
	const char *name;
	struct list_head lamps;
};

struct lamp {
	const char *name;
	u32 brightness, max_brightness;
	u32 flags;
	void (*brightness_set)(struct lamp *lamp, u32 value);
	u32 (*brightness_get)(struct lamp *lamp);
	int (*blink_set)(struct lamp *lamp, unsigned long *on, unsigned long *off);
	const char *default_trigger;
	struct lamp_trigger *trigger;
	struct list_head node;
};

int lamp_register(struct lamp *lamp);
