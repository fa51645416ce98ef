// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct irq_data;
struct gpio_chip;

struct irq_chip {
	const char *name;
	void (*irq_mask)(struct irq_data *d);
	void (*irq_unmask)(struct irq_data *d);
	void (*irq_ack)(struct irq_data *d);
	int (*irq_set_type)(struct irq_data *d, u32 type);
	u32 flags;
};

struct irq_data {
	u32 irq, hwirq, type, depth;
	const struct irq_chip *chip;
	void *chip_data;
};

struct gpio_irq_chip {
	struct irq_chip *chip;
	void (*parent_handler)(void *data, u32 irq);
	void *parent_handler_data;
	u32 parent, first;
	unsigned long *valid_mask;
	void (*init_valid_mask)(struct gpio_chip *gc, unsigned long *mask, u32 n);
};

struct gpio_chip {
	const char *label;
	int base;
	u16 ngpio;
	int (*request)(struct gpio_chip *gc, u32 offset);
	int (*get)(struct gpio_chip *gc, u32 offset);
	void (*set)(struct gpio_chip *gc, u32 offset, int value);
	int (*direction_output)(struct gpio_chip *gc, u32 offset, int value);
	struct gpio_irq_chip irq;
	void *data;
};

int kgpiochip_add(struct gpio_chip *gc, void *data);
void *kgpiochip_data(struct gpio_chip *gc);
struct gpio_chip *kirq_gpiochip(struct irq_data *d);
int kgeneric_handle(struct gpio_chip *gc, u32 hwirq);
