// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define INPUT 1
#define MAX 2
#define PULSES 8

struct x_data {
	long max[3];
	u32 reads;
	u8 regs[8];
};

static u32 x_visible(const void *data, enum sensor_type type, u32 attr, int channel)
{
	const struct x_data *d = data;

	if (type == SENSOR_FAN && d->regs[channel] == 0)
		return 0;
	return attr == MAX ? 0644 : 0444;
}

static int x_read(struct device *dev, enum sensor_type type, u32 attr, int channel, long *val)
{
	struct x_data *d = dev_get_drvdata(dev);

	d->reads++;
	if (attr == MAX)
		*val = d->max[channel];
	else if (type == SENSOR_TEMP)
		*val = d->regs[channel] * 1000 + d->reads;
	else if (d->regs[channel])
		*val = 60000 / d->regs[channel];
	else
		return -61;
	return 0;
}

static int x_write(struct device *dev, enum sensor_type type, u32 attr, int channel, long val)
{
	struct x_data *d = dev_get_drvdata(dev);

	if (type != SENSOR_TEMP || attr != MAX)
		return -95;
	d->max[channel] = val > 127000 ? 127000 : val;
	return 0;
}

static const struct sensor_ops ops = {x_visible, x_read, x_write};
static const u32 temp_config[] = {INPUT | MAX, INPUT, INPUT | MAX, 0};
static const u32 fan_config[] = {INPUT | PULSES, INPUT, 0};
static const struct channel_info temp = {SENSOR_TEMP, temp_config};
static const struct channel_info fan = {SENSOR_FAN, fan_config};
static const struct channel_info *const infos[] = {&temp, &fan, NULL};
static const struct chip_info chip = {&ops, infos};

static int x_init(void)
{
	struct x_data *d = kzalloc(sizeof(*d), 0);
	struct device *dev;

	d->regs[0] = 45;
	d->regs[2] = 7;
	d->max[0] = 80000;
	d->max[2] = 90000;
	dev = sensor_register("x7", d, &chip);
	if (!dev)
		return -12;
	report(dev->name[1]);
	return 0;
}

module_init(x_init);
