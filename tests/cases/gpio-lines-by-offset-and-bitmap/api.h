// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct gpio_chip {
	const char *label;
	int (*get)(struct gpio_chip *gc, u32 offset);
	void (*set)(struct gpio_chip *gc, u32 offset, int value);
	int (*get_multiple)(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits);
	int base;
	u16 ngpio;
	unsigned long *valid_mask;
};

struct gpio_desc {
	struct gpio_chip *gc;
	unsigned long flags;
};

int gpiochip_add_data(struct gpio_chip *gc);
struct gpio_desc *gpiochip_request_own_desc(struct gpio_chip *gc, u32 offset, int active_low);
int gpiod_get_value(const struct gpio_desc *desc);
void gpiod_set_value(struct gpio_desc *desc, int value);
