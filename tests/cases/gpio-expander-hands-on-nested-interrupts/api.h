// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
enum { IRQ_TYPE_EDGE_RISING = 1, IRQ_TYPE_EDGE_FALLING = 2 };
struct irq_domain;

struct irq_data {
	u32 irq, hwirq;
	struct gpio_chip *chip_data;
};

struct irq_chip {
	int (*irq_set_type)(struct irq_data *d, u32 type);
};

struct gpio_irq_chip {
	struct irq_chip *chip;
	struct irq_domain *domain;
};

struct gpio_chip {
	int base;
	u16 ngpio;
	int (*get)(struct gpio_chip *gc, u32 offset);
	struct gpio_irq_chip irq;
};

struct i2c_client {
	int irq;
};

struct i2c_client *i2c_new_client_device(void);
int i2c_read_byte(struct i2c_client *client);
int gpiochip_add(struct gpio_chip *gc);
int request_irq(int irq, int (*handler)(int irq, void *dev_id), void *dev_id);
int generic_handle_domain_irq(struct irq_domain *domain, u32 hwirq);
