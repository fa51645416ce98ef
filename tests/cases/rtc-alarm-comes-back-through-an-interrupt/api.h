// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
enum { RTC_AF = 0x20, RTC_IRQF = 0x80 };
#define bcd2bin(x) (((x) & 15) + ((x) >> 4) * 10)
#define bin2bcd(x) ((((x) / 10) << 4) + (x) % 10)

struct rtc_time {
	int tm_min, tm_hour, tm_mday, tm_mon, tm_year;
};

struct rtc_wkalrm {
	u8 enabled, pending;
	struct rtc_time time;
};

struct device {
	void *driver_data;
};

struct rtc_class_ops {
	int (*read_time)(struct device *dev, struct rtc_time *tm);
	int (*set_time)(struct device *dev, struct rtc_time *tm);
	int (*set_alarm)(struct device *dev, struct rtc_wkalrm *alrm);
};

struct rtc_device {
	struct device *parent;
	const struct rtc_class_ops *ops;
	int range_max;
};

int i2c_read_block(struct device *client, u8 command, u8 length, u8 *values);
int i2c_write_block(struct device *client, u8 command, u8 length, const u8 *values);
struct device *i2c_new_client_device(void (*irq)(void *data), void *data);
struct rtc_device *rtc_allocate_device(struct device *parent);
void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events);
