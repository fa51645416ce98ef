// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct regmap {
	u8 regs[16];
	u32 transfers;
};

static struct regmap map = {.regs = {0x59, 0x30, 0x23, 0x01, 0x31, 0x12, 0x24}};
static struct device parent = {.map = &map};
static struct rtc *rtc;

struct device *rtc_parent(void)
{
	kernel_only();
	return &parent;
}

struct rtc *rtc_allocate(struct device *dev)
{
	struct rtc *r = kzalloc(sizeof(*r), 0);

	kernel_only();
	r->dev = dev;
	r->features = 7;
	return r;
}

int rtc_register(struct rtc *r)
{
	struct rtc_time t = {0};

	kernel_only();
	rtc = r;
	report(r->range_max);
	report(r->features);
	report(r->ops->read_time(r->dev, &t));
	report(((t.year * 13 + t.mon) * 32 + t.mday) * 86400l + t.hour * 3600 + t.min * 60 + t.sec);
	return 0;
}

int regmap_bulk_read(struct regmap *m, u32 reg, void *val, size_t count)
{
	kernel_only();
	if (reg + count > sizeof(m->regs))
		return -22;
	m->transfers++;
	memcpy(val, m->regs + reg, count);
	return 0;
}

int regmap_bulk_write(struct regmap *m, u32 reg, const void *val, size_t count)
{
	kernel_only();
	if (reg + count > sizeof(m->regs))
		return -22;
	m->transfers++;
	memcpy(m->regs + reg, val, count);
	return 0;
}

int regmap_update_bits(struct regmap *m, u32 reg, u32 mask, u32 val)
{
	kernel_only();
	m->regs[reg] = (m->regs[reg] & ~mask) | (val & mask);
	return 0;
}

int later(void)
{
	struct rtc_time t = {7, 8, 9, 10, 10, 123};
	struct rtc_alarm a = {1, 0, {0, 45, 6}};

	report(rtc->ops->set_time(rtc->dev, &t));
	report(map.regs[0] + map.regs[1] * 100 + map.regs[5] * 10000 + map.regs[6] * 1000000);
	map.regs[10] = 0x41;
	report(rtc->ops->set_alarm(rtc->dev, &a));
	report(map.regs[8] * 1000 + map.regs[9] + map.regs[10] * 1000000);
	memset(&a, 0, sizeof(a));
	report(rtc->ops->read_alarm(rtc->dev, &a));
	report(a.time.hour * 100 + a.time.min + a.enabled * 10000 + a.pending * 100000);
	map.regs[0] |= 0x80;
	report(rtc->ops->read_time(rtc->dev, &t));
	return map.transfers;
}
