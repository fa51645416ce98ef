// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct device client;
static struct rtc_device *rtc;
static void (*handler)(void *data);
static u8 regs[9] = {0x59, 0x23, 0x31, 0x12, 0x24};

int i2c_read_block(struct device *from, u8 command, u8 length, u8 *values)
{
	kernel_only();
	memcpy(values, regs + command, length);
	return from == &client ? length : -6;
}

int i2c_write_block(struct device *to, u8 command, u8 length, const u8 *values)
{
	kernel_only();
	memcpy(regs + command, values, length);
	return to == &client ? 0 : -6;
}

struct device *i2c_new_client_device(void (*irq)(void *data), void *data)
{
	kernel_only();
	handler = irq;
	client.driver_data = data;
	return &client;
}

struct rtc_device *rtc_allocate_device(struct device *parent)
{
	kernel_only();
	rtc = kzalloc(sizeof(*rtc), 0);
	rtc->parent = parent;
	return rtc;
}

void rtc_update_irq(struct rtc_device *of, unsigned long num, unsigned long events)
{
	kernel_only();
	struct rtc_wkalrm next = {.enabled = 1, .time = {.tm_min = 5, .tm_hour = 7}};
	report(num * 1000 + events + (of == rtc));
	report(of->ops->set_alarm(of->parent, &next));
}

int later(void)
{
	struct rtc_time tm = {0};
	struct rtc_wkalrm alrm = {.enabled = 1, .time = {.tm_min = 45, .tm_hour = 18}};
	report(rtc->ops->read_time(rtc->parent, &tm));
	report(tm.tm_year * 10000 + tm.tm_mon * 1000 + tm.tm_mday * 10 + tm.tm_min);
	for (tm.tm_year = 199; tm.tm_year < 201; tm.tm_year++)
		report(rtc->ops->set_time(rtc->parent, &tm));
	report(regs[4] + regs[3]);
	report(rtc->ops->set_alarm(rtc->parent, &alrm));
	regs[8] = 1;
	handler(client.driver_data);
	handler(client.driver_data);
	return regs[5] * 100 + regs[6] + regs[7] + regs[8];
}
