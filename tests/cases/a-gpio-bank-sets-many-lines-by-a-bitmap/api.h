// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct gpio_device;

struct gpio_chip {
	const char *label;
	struct gpio_device *gpiodev;
	int (*direction_output)(struct gpio_chip *gc, unsigned offset, int value);
	int (*get)(struct gpio_chip *gc, unsigned offset);
	int (*get_multiple)(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits);
	void (*set_multiple)(struct gpio_chip *gc, unsigned long *mask, unsigned long *bits);
	int (*init_valid_mask)(struct gpio_chip *gc, unsigned long *valid_mask, unsigned ngpios);
	int (*to_irq)(struct gpio_chip *gc, unsigned offset);
	int base;
	u16 ngpio;
	const char *const *names;
};

int strcmp(const char *a, const char *b);
int gpiochip_add_data(struct gpio_chip *gc, void *data);
void *gpiochip_get_data(struct gpio_chip *gc);
const char *gpiochip_is_requested(struct gpio_chip *gc, unsigned offset);
void generic_handle_irq(int irq);

static inline int test_bit(unsigned nr, const unsigned long *bits)
{
	return bits[nr / 64] >> (nr % 64) & 1;
}

static inline void set_bit(unsigned nr, unsigned long *bits)
{
	bits[nr / 64] |= 1UL << (nr % 64);
}

static inline void clear_bit(unsigned nr, unsigned long *bits)
{
	bits[nr / 64] &= ~(1UL << (nr % 64));
}
