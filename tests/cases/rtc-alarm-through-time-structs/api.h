// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct rtc_time {
	int tm_sec, tm_min, tm_hour, tm_mday;
};

struct rtc_wkalrm {
	u8 enabled;
	struct rtc_time time;
};

struct device {
	void *driver_data;
	unsigned long irqs;
};

struct rtc_class_ops {
	int (*read_time)(struct device *dev, struct rtc_time *tm);
	int (*set_time)(struct device *dev, struct rtc_time *tm);
	int (*set_alarm)(struct device *dev, struct rtc_wkalrm *alarm);
};

int rtc_register(struct device *parent, const struct rtc_class_ops *ops);
long rtc_tm_to_secs(const struct rtc_time *tm);
void rtc_secs_to_tm(long secs, struct rtc_time *tm);
void rtc_update_irq(struct device *dev, unsigned long num);
