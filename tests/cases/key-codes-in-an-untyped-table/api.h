// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct abs_info {
	int value, minimum, maximum, fuzz;
};

struct input_dev {
	const char *name;
	unsigned long evbit[1];
	unsigned long keybit[4];
	u32 keycodemax, keycodesize;
	void *keycode;
	struct abs_info *absinfo;
	int (*open)(struct input_dev *dev);
	void (*close)(struct input_dev *dev);
	void *drvdata;
};

struct input_dev *input_allocate(void);
int input_set_abs(struct input_dev *dev, u32 axis, int min, int max, int fuzz);
int input_register(struct input_dev *dev);
void input_event(struct input_dev *dev, u32 type, u32 code, int value);
int request_scan(void (*scan)(void *data, u32 matrix), void *data);
