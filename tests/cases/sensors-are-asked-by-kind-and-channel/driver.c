// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_data {
	struct kbus_dev *client;
	struct kdev *hwmon;
	struct mutex lock;
	_Bool valid;
	u8 nfans;
	u16 temps[3], limits[3], volts[2], fans[2], alarms;
	u32 interval, updates;
	const char *labels[3];
};

static const char *const volt_labels[] = {"VCC", "VBAT"};

static struct x_data *update(struct x_data *x)
{
	mutex_lock(&x->lock);
	if (!x->valid) {
		for (int i = 0; i < 3; i++)
			x->temps[i] = kbus_read_word(x->client, i);
		for (int i = 0; i < 2; i++)
			x->volts[i] = kbus_read_word(x->client, 4 + i);
		for (int i = 0; i < x->nfans; i++)
			x->fans[i] = kbus_read_word(x->client, 6 + i);
		x->alarms = kbus_read_word(x->client, 8);
		x->valid = x->interval > 1;
		x->updates++;
	}
	mutex_unlock(&x->lock);
	return x;
}

static u16 is_visible(const void *data, enum khw_type type, u32 attr, int channel)
{
	const struct x_data *x = data;

	switch (type) {
	case T_TEMP:
		return attr == A_MAX ? 0644 : 0444;
	case T_FAN:
		return channel < x->nfans ? 0444 : 0;
	case T_CHIP:
		return 0200;
	default:
		return 0444;
	}
}

static int x_read(struct kdev *d, enum khw_type type, u32 attr, int channel, long *val)
{
	struct x_data *x = update(d->drvdata);

	switch (type) {
	case T_TEMP:
		if (attr == A_INPUT)
			*val = (long)(short)x->temps[channel] * 125;
		else if (attr == A_MAX)
			*val = x->limits[channel] * 1000;
		else if (attr == A_ALARM)
			*val = x->alarms >> channel & 1;
		else
			return -95;
		return 0;
	case T_IN:
		*val = x->volts[channel] * (channel ? 3 : 2);
		return 0;
	case T_FAN:
		if (!x->fans[channel])
			return -61;
		*val = 1350000 / x->fans[channel];
		return 0;
	default:
		return -95;
	}
}

static int x_read_string(struct kdev *d, enum khw_type type, u32 attr, int channel, const char **s)
{
	struct x_data *x = d->drvdata;

	if (type == T_TEMP) {
		*s = x->labels[channel];
		return 0;
	}
	*s = volt_labels[channel];
	return 0;
}

static int x_write(struct kdev *d, enum khw_type type, u32 attr, int channel, long val)
{
	struct x_data *x = d->drvdata;

	if (type == T_CHIP) {
		x->interval = val;
		x->valid = 0;
		return 0;
	}
	if (val < 0 || val > 255000)
		return -22;
	x->limits[channel] = val / 1000;
	if (x->temps[channel] * 125 > val)
		khw_notify(d, type, A_ALARM, channel);
	return kbus_write_word(x->client, 9 + channel, x->limits[channel]);
}

static long label_show(struct kdev *d, struct kdev_attr *a, char *buf)
{
	struct ksensor_attr *sa = container_of(a, struct ksensor_attr, dev_attr);
	struct x_data *x = d->drvdata;

	return snprintf(buf, 128, "%s-%d:%04x\n", x->labels[sa->index], sa->nr, x->limits[sa->index]);
}

static long beep_store(struct kdev *d, struct kdev_attr *a, const char *buf, size_t count)
{
	struct ksensor_attr *sa = container_of(a, struct ksensor_attr, dev_attr);
	struct x_data *x = d->drvdata;
	u32 value;

	if (kstrtouint(buf, 0, &value) || value > 100)
		return -22;
	x->limits[sa->index] += value * sa->nr;
	return count;
}

static struct ksensor_attr beeps[] = {{{{"beep1", 0644}, label_show, beep_store}, 0, 1},
	{{{"beep2", 0644}, label_show, beep_store}, 2, 10}, {{{"secret", 0400}, label_show}, 1, 7}};
static struct kattr *attrs[] = {&beeps[0].dev_attr.attr, &beeps[1].dev_attr.attr,
	&beeps[2].dev_attr.attr, NULL};

static u16 group_visible(struct kdev *d, struct kattr *a, int n)
{
	struct x_data *x = d->drvdata;

	return n < 2 || x->nfans == 1 ? a->mode : 0;
}

static const struct kattr_group group = {NULL, group_visible, attrs};
static const struct kattr_group *groups[] = {&group, NULL};

static const u32 chip_config[] = {HAS(A_ENABLE), 0};
static const u32 temp_config[] = {HAS(A_INPUT) | HAS(A_MAX) | HAS(A_LABEL) | HAS(A_ALARM),
	HAS(A_INPUT) | HAS(A_LABEL), HAS(A_INPUT) | HAS(A_MAX), 0};
static const u32 in_config[] = {HAS(A_INPUT) | HAS(A_LABEL), HAS(A_INPUT) | HAS(A_LABEL), 0};
static const u32 fan_config[] = {HAS(A_INPUT), HAS(A_INPUT), 0};
static const struct khw_channels chip_info = {T_CHIP, chip_config}, temp = {T_TEMP, temp_config},
	in = {T_IN, in_config}, fan = {T_FAN, fan_config};
static const struct khw_channels *const info[] = {&chip_info, &temp, &in, &fan, NULL};
static const struct khw_ops ops = {is_visible, x_read, x_read_string, x_write};
static const struct khw_chip chip = {&ops, info};

static void disable(void *data)
{
	struct x_data *x = data;

	report(x->updates * 1000 + kbus_write_word(x->client, 15, 0));
}

static int x_probe(struct kbus_dev *client)
{
	struct x_data *x = kdev_zalloc(&client->dev, sizeof(*x));
	int id = kbus_read_word(client, 14);

	if (id < 0)
		return id;
	x->client = client;
	x->nfans = id & 3;
	x->labels[0] = "cpu";
	x->labels[1] = "board";
	x->labels[2] = client->modalias;
	x->limits[0] = 85;
	kbus_write_word(client, 15, 1);
	if (kdev_action(&client->dev, disable, x))
		return -12;
	x->hwmon = khw_register(&client->dev, "xsense", x, &chip, groups);
	client->dev.drvdata = x;
	return x->hwmon ? 0 : -22;
}

static const char *const ids[] = {"x1", "x2", NULL};
static struct kbus_driver driver = {ids, x_probe};

static int x_init(void)
{
	return kbus_add_driver(&driver);
}

module_init(x_init);
