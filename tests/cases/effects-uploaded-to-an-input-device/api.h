// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define BITS(n) (((n) + 63) / 64)

struct input_absinfo {
	int value, minimum, maximum, fuzz, flat;
};

struct ff_periodic {
	u16 waveform, period;
	short magnitude;
	u32 custom_len;
	short *custom_data;
};

struct ff_effect {
	u16 type;
	short id;
	u16 length;

	union {
		struct {
			u16 strong, weak;
		} rumble;
		struct ff_periodic periodic;
		short constant;
	} u;
};

struct input_dev;

struct ff_device {
	int (*upload)(struct input_dev *dev, struct ff_effect *effect, struct ff_effect *old);
	int (*erase)(struct input_dev *dev, int id);
	int (*playback)(struct input_dev *dev, int id, int value);
	int max_effects;
	void *private;
	struct ff_effect effects[4];
};

struct input_id {
	u16 bus, vendor, product;
};

struct input_dev {
	const char *name;
	struct input_id id;
	unsigned long evbit[BITS(32)], keybit[BITS(256)], absbit[BITS(64)];
	unsigned long key[BITS(256)];
	struct input_absinfo *absinfo;
	struct ff_device *ff;
	int (*open)(struct input_dev *dev);
	void (*close)(struct input_dev *dev);
	int (*event)(struct input_dev *dev, u32 type, u32 code, int value);
	void *drvdata;
	u32 users, repeat;
};

struct input_dev *kinput_allocate(void);
int kinput_register(struct input_dev *dev);
void kinput_event(struct input_dev *dev, u32 type, u32 code, int value);
void kinput_set_abs(struct input_dev *dev, u32 axis, int min, int max, int fuzz);
int kinput_ff_create(struct input_dev *dev, int max_effects);
int kinput_irq(int (*handler)(int irq, void *data), void *data);
