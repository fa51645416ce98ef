// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct regmap;

struct rtc_time {
	int sec, min, hour, mday, mon, year;
};

struct rtc_alarm {
	u8 enabled, pending;
	struct rtc_time time;
};

struct device {
	void *drvdata;
	struct regmap *map;
};

struct rtc_ops {
	int (*read_time)(struct device *dev, struct rtc_time *t);
	int (*set_time)(struct device *dev, struct rtc_time *t);
	int (*read_alarm)(struct device *dev, struct rtc_alarm *a);
	int (*set_alarm)(struct device *dev, struct rtc_alarm *a);
};

struct rtc {
	struct device *dev;
	const struct rtc_ops *ops;
	long range_min, range_max;
	u32 features;
};

struct device *rtc_parent(void);
struct rtc *rtc_allocate(struct device *dev);
int rtc_register(struct rtc *rtc);
int regmap_bulk_read(struct regmap *map, u32 reg, void *val, size_t count);
int regmap_bulk_write(struct regmap *map, u32 reg, const void *val, size_t count);
int regmap_update_bits(struct regmap *map, u32 reg, u32 mask, u32 val);
