// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ds_rtc {
	struct device *client;
	struct rtc_device *rtc;
	u8 alarm[4];
	int alarms;
};

static int ds_read_time(struct device *dev, struct rtc_time *tm)
{
	struct ds_rtc *ds = dev->driver_data;
	u8 r[5];
	if (i2c_read_block(ds->client, 0, 5, r) != 5)
		return -5;
	*tm = (struct rtc_time){bcd2bin(r[0]), bcd2bin(r[1]), bcd2bin(r[2]), bcd2bin(r[3]) - 1, bcd2bin(r[4]) + 100};
	return 0;
}

static int ds_set_time(struct device *dev, struct rtc_time *tm)
{
	struct rtc_device *rtc = ((struct ds_rtc *)dev->driver_data)->rtc;
	u8 r[5] = {bin2bcd(tm->tm_min), bin2bcd(tm->tm_hour), bin2bcd(tm->tm_mday),
		   bin2bcd(tm->tm_mon + 1), bin2bcd(tm->tm_year % 100)};
	return tm->tm_year > rtc->range_max ? -22 : i2c_write_block(dev, 0, 5, r);
}

static int ds_set_alarm(struct device *dev, struct rtc_wkalrm *alrm)
{
	u8 r[4] = {bin2bcd(alrm->time.tm_min), bin2bcd(alrm->time.tm_hour), alrm->enabled, 0};
	return i2c_write_block(((struct ds_rtc *)dev->driver_data)->client, 5, 4, r);
}

static void ds_irq(void *data)
{
	struct ds_rtc *ds = data;
	if (i2c_read_block(ds->client, 5, 4, ds->alarm) == 4 && ds->alarm[3])
		rtc_update_irq(ds->rtc, ++ds->alarms, RTC_AF | RTC_IRQF);
	report(ds->alarms * 100 + ds->alarm[1]);
}

static const struct rtc_class_ops ds_ops = {ds_read_time, ds_set_time, ds_set_alarm};

static int ds_init(void)
{
	struct ds_rtc *ds = kzalloc(sizeof(*ds), 0);
	if (!ds)
		return -12;
	ds->client = i2c_new_client_device(ds_irq, ds);
	ds->rtc = rtc_allocate_device(ds->client);
	if (!ds->rtc) {
		kfree(ds);
		return -16;
	}
	ds->rtc->ops = &ds_ops;
	ds->rtc->range_max = 199;
	return 0;
}

module_init(ds_init);
