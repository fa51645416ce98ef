// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device_node {
	const char *name;
	const u32 *reg;
	struct device_node *child, *sibling;
	int refs;
};

struct work_struct {
	void (*func)(struct work_struct *work);
	struct work_struct *next;
};

struct led_classdev {
	const char *name;
	u32 brightness, max_brightness;
	void (*brightness_set)(struct led_classdev *led, u32 value);
};

extern struct device_node *of_root;
struct device_node *of_get_next_child(struct device_node *np, struct device_node *prev);
int of_property_read_u32(const struct device_node *np, u32 index, u32 *value);
void led_register(struct led_classdev *led);
void queue_work(struct work_struct *work);
