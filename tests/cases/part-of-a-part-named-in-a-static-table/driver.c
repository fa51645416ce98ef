// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct sensor {
	struct device_attribute dev_attr;
	u32 index;
};

static struct sensor gain = {{{"gain", 0644}}, 1};
static struct sensor limit = {{{"limit", 0444}}, 2};
static struct sensor offset = {{{"offset", 0600}}, 3};
static struct attribute *attrs[] = {
	&gain.dev_attr.attr, &limit.dev_attr.attr, &offset.dev_attr.attr, NULL};

static int sensor_init(void)
{
	report(gain.index + limit.index + offset.index);
	return sysfs_count_writable(attrs);
}

module_init(sensor_init);
