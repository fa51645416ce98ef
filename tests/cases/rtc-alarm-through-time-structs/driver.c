// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_rtc {
	long offset, alarm, ticks;
};

static int x_read_time(struct device *dev, struct rtc_time *tm)
{
	struct x_rtc *x = dev->driver_data;
	rtc_secs_to_tm(x->offset + ++x->ticks, tm);
	if (x->alarm && x->offset + x->ticks >= x->alarm)
		rtc_update_irq(dev, x->offset + x->ticks - x->alarm + 1);
	return 0;
}

static int x_set_time(struct device *dev, struct rtc_time *tm)
{
	struct x_rtc *x = dev->driver_data;
	x->offset = rtc_tm_to_secs(tm) - x->ticks;
	return 0;
}

static int x_set_alarm(struct device *dev, struct rtc_wkalrm *alarm)
{
	struct x_rtc *x = dev->driver_data;
	x->alarm = alarm->enabled ? rtc_tm_to_secs(&alarm->time) : 0;
	return 0;
}

static const struct rtc_class_ops x_ops = {x_read_time, x_set_time, x_set_alarm};

static int x_init(void)
{
	struct device *dev = kzalloc(sizeof *dev, 0);
	struct x_rtc *x = kzalloc(sizeof *x, 0);
	dev->driver_data = x;
	report(rtc_register(dev, &x_ops));
	report(x->offset);
	return 0;
}
module_init(x_init);
