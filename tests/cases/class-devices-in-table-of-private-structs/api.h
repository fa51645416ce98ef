// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct trig {
	const char *name;
	struct list_head leds;
};

struct led {
	const char *name;
	u32 brightness, max;
	u64 flags;
	void (*set)(struct led *, u32);
	int (*blink)(struct led *, u64 *on, u64 *off);
	struct list_head node;
	struct trig *trig;
	void *trig_data;
};

int led_register(struct led *l);
void led_unregister(struct led *l);
