// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_rtc {
	struct rtc *rtc;
	struct regmap *map;
	u32 updates;
};

static int bcd2bin(u8 v)
{
	return (v >> 4) * 10 + (v & 15);
}

static u8 bin2bcd(int v)
{
	return v / 10 << 4 | v % 10;
}

static int x_read_time(struct device *dev, struct rtc_time *t)
{
	struct x_rtc *x = dev->drvdata;
	u8 buf[7];
	int status = regmap_bulk_read(x->map, 0, buf, sizeof(buf));

	if (status)
		return status;
	t->sec = bcd2bin(buf[0] & 0x7f);
	t->min = bcd2bin(buf[1]);
	t->hour = bcd2bin(buf[2] & 0x3f);
	t->mday = bcd2bin(buf[4]);
	t->mon = bcd2bin(buf[5]) - 1;
	t->year = bcd2bin(buf[6]) + 100;
	return buf[0] & 0x80 ? -22 : 0;
}

static int x_set_time(struct device *dev, struct rtc_time *t)
{
	struct x_rtc *x = dev->drvdata;
	u8 buf[7] = {bin2bcd(t->sec), bin2bcd(t->min), bin2bcd(t->hour), 1, bin2bcd(t->mday),
		bin2bcd(t->mon + 1), bin2bcd(t->year - 100)};

	x->updates++;
	return regmap_bulk_write(x->map, 0, buf, sizeof(buf));
}

static int x_read_alarm(struct device *dev, struct rtc_alarm *a)
{
	struct x_rtc *x = dev->drvdata;
	u8 buf[2];

	if (regmap_bulk_read(x->map, 8, buf, 2))
		return -5;
	a->time.min = bcd2bin(buf[0]);
	a->time.hour = bcd2bin(buf[1]);
	a->enabled = 1;
	a->pending = x->updates;
	return 0;
}

static int x_set_alarm(struct device *dev, struct rtc_alarm *a)
{
	struct x_rtc *x = dev->drvdata;
	u8 buf[2] = {bin2bcd(a->time.min), bin2bcd(a->time.hour)};

	regmap_bulk_write(x->map, 8, buf, 2);
	return regmap_update_bits(x->map, 10, 0x0c, a->enabled ? 0x0f : 0);
}

static const struct rtc_ops ops = {x_read_time, x_set_time, x_read_alarm, x_set_alarm};

static int x_init(void)
{
	struct device *dev = rtc_parent();
	struct x_rtc *x = kzalloc(sizeof(*x), 0);

	x->map = dev->map;
	x->rtc = rtc_allocate(dev);
	if (!x->rtc)
		return -12;
	dev->drvdata = x;
	x->rtc->ops = &ops;
	x->rtc->range_max = 4102444799l;
	x->rtc->features &= ~2u;
	return rtc_register(x->rtc);
}

module_init(x_init);
