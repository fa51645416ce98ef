// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct gpio_desc;

struct gpio_descs {
	u32 ndescs;
	struct gpio_desc *desc[];
};

struct input_dev {
	unsigned long keybit[2], key[2];
	u32 keycodemax, keycodesize;
	void *keycode, *driver_data;
	int (*open)(struct input_dev *dev);
	void (*close)(struct input_dev *dev);
};

struct gpio_descs *gpiod_get_array(const char *con_id);
int gpiod_get_value(struct gpio_desc *desc);
void gpiod_set_value(struct gpio_desc *desc, int value);
struct input_dev *input_allocate_device(void);
int input_setup_polling(struct input_dev *dev, void (*poll)(struct input_dev *dev));
void input_event(struct input_dev *dev, u32 type, u32 code, int value);
