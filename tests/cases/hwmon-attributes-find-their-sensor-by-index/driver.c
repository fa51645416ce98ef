// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct lm_data {
	struct device *client;
	const struct attribute_group *groups[3];
	u8 max[4];
	int fans, shown;
};

struct sensor_attribute {
	struct device_attribute dev_attr;
	int index;
};

static long temp_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	int nr = container_of(attr, struct sensor_attribute, dev_attr)->index;
	struct lm_data *data = dev->driver_data;
	int raw = i2c_read_byte(data->client, nr);
	data->shown += nr + 1;
	return snprintf(buf, 16, "%d\n", (raw > data->max[nr] ? data->max[nr] : raw) * 1000);
}

static long max_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t n)
{
	struct lm_data *data = dev->driver_data;
	u32 val;
	if (kstrtouint(buf, 10, &val) || val > 127000)
		return -22;
	data->max[container_of(attr, struct sensor_attribute, dev_attr)->index] = val / 1000;
	return n;
}

static u16 fan_visible(struct device *dev, struct attribute *attr, int n)
{
	return n < ((struct lm_data *)dev->driver_data)->fans ? attr->mode : 0;
}

static struct sensor_attribute temp1 = {{{"temp1_input", 0444}, temp_show, NULL}, 0};
static struct sensor_attribute temp2 = {{{"temp2_input", 0644}, temp_show, max_store}, 1};
static struct sensor_attribute fan1 = {{{"fan1_input", 0444}, temp_show, NULL}, 2};
static struct sensor_attribute fan2 = {{{"fan2_input", 0444}, temp_show, NULL}, 3};
static struct attribute *temp_attrs[] = {&temp1.dev_attr.attr, &temp2.dev_attr.attr, NULL};
static struct attribute *fan_attrs[] = {&fan1.dev_attr.attr, &fan2.dev_attr.attr, NULL};
static const struct attribute_group temp_group = {.attrs = temp_attrs};
static const struct attribute_group fan_group = {.is_visible = fan_visible, .attrs = fan_attrs};

static void lm_release(void *res)
{
	struct lm_data *data = res;
	report(data->shown * 1000 + data->max[1]);
	kfree(data);
}

static int lm_init(void)
{
	struct lm_data *data = kzalloc(sizeof(*data), 0);
	if (!data)
		return -12;
	data->client = i2c_new_client_device();
	memset(data->max, 70, sizeof(data->max));
	data->fans = i2c_read_byte(data->client, 4) & 3;
	data->groups[0] = &temp_group;
	data->groups[1] = data->fans ? &fan_group : NULL;
	report(data->fans);
	devm_add_action(data->client, lm_release, data);
	return hwmon_device_register_with_groups(data->client, data, data->groups) ? 0 : -12;
}

module_init(lm_init);
