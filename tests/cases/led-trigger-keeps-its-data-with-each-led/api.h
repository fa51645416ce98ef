// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct led_classdev {
	const char *name;
	u32 brightness, max_brightness;
	void (*brightness_set)(struct led_classdev *led, u32 brightness);
	struct list_head node;
	struct led_trigger *trigger;
	void *trigger_data;
};

struct led_trigger {
	const char *name;
	int (*activate)(struct led_classdev *led);
	void (*deactivate)(struct led_classdev *led);
};

struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long action);
	struct notifier_block *next;
};

int led_classdev_register(struct led_classdev *led);
void led_set_brightness(struct led_classdev *led, u32 brightness);
int fb_register_client(struct notifier_block *nb);
void fb_unregister_client(struct notifier_block *nb);
