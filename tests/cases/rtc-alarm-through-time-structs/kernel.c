// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct rtc_class_ops *op;
static struct device *rtc;

int rtc_register(struct device *parent, const struct rtc_class_ops *ops)
{
	struct rtc_time tm = {0};
	kernel_only();
	rtc = parent;
	op = ops;
	ops->read_time(parent, &tm);
	tm.tm_min += 190;
	ops->set_time(parent, &tm);
	return tm.tm_min + tm.tm_sec;
}

long rtc_tm_to_secs(const struct rtc_time *tm)
{
	kernel_only();
	return ((tm->tm_mday * 24L + tm->tm_hour) * 60 + tm->tm_min) * 60 + tm->tm_sec;
}

void rtc_secs_to_tm(long secs, struct rtc_time *tm)
{
	kernel_only();
	*tm = (struct rtc_time){secs % 60, secs / 60 % 60, secs / 3600 % 24, secs / 86400};
}

void rtc_update_irq(struct device *dev, unsigned long num)
{
	kernel_only();
	dev->irqs += num;
}

int later(void)
{
	struct rtc_wkalrm alarm = {.enabled = 1};
	struct rtc_time tm;
	kernel_only();
	op->read_time(rtc, &alarm.time);
	alarm.time.tm_sec += 2;
	op->set_alarm(rtc, &alarm);
	for (int i = 0; i < 3; i++)
		op->read_time(rtc, &tm);
	return tm.tm_hour * 100000 + tm.tm_min * 1000 + tm.tm_sec * 100 + rtc->irqs * 10;
}
