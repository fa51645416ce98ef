// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { EV_SYN = 0, EV_KEY = 1, EV_ABS = 3, EV_LED = 0x11 };
enum { ABS_X = 0, ABS_Y = 1, ABS_CNT = 8, KEY_POWER = 116, KEY_MENU = 139 };

struct input_absinfo {
	int value, minimum, maximum, fuzz;
};

struct input_dev {
	const char *name;
	struct {
		u16 bustype, vendor;
	} id;
	unsigned long evbit[1];
	unsigned long keybit[4];
	unsigned long absbit[1];
	unsigned long led[1];
	unsigned keycodemax;
	unsigned keycodesize;
	void *keycode;
	struct input_absinfo *absinfo;
	int (*open)(struct input_dev *dev);
	int (*event)(struct input_dev *dev, unsigned type, unsigned code, int value);
	void *driver_data;
};

struct input_dev *input_allocate_device(void);
int input_register_device(struct input_dev *dev);
void input_free_device(struct input_dev *dev);
void input_set_abs_params(struct input_dev *dev, unsigned axis, int min, int max, int fuzz);
void input_event(struct input_dev *dev, unsigned type, unsigned code, int value);

static inline void *input_get_drvdata(struct input_dev *dev)
{
	return dev->driver_data;
}

static inline void input_set_drvdata(struct input_dev *dev, void *data)
{
	dev->driver_data = data;
}

static inline void input_report_abs(struct input_dev *dev, unsigned code, int value)
{
	input_event(dev, EV_ABS, code, value);
}

static inline void input_sync(struct input_dev *dev)
{
	input_event(dev, EV_SYN, 0, 0);
}

static inline void __set_bit(unsigned nr, unsigned long *bits)
{
	bits[nr / 64] |= 1UL << (nr % 64);
}
