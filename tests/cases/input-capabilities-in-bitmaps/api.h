// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { EV_KEY = 1, EV_ABS = 3 };

struct input_absinfo {
	int value, minimum, maximum, fuzz;
};

struct input_dev {
	unsigned long evbit[1], keybit[3];
	struct input_absinfo *absinfo;
	void *drvdata;
	int (*open)(struct input_dev *dev);
};

static inline void __set_bit(u32 n, unsigned long *map)
{
	map[n / 64] |= 1UL << n % 64;
}

struct input_dev *input_allocate_device(void);
int input_register_device(struct input_dev *dev);
void input_event(struct input_dev *dev, u32 type, u32 code, int value);
int request_irq(int irq, int (*handler)(int irq, void *data), void *data);
