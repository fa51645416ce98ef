// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_attr {
	struct device_attribute dev_attr;
	u32 index, shift;
};

static long x_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct x_attr *a = container_of(attr, struct x_attr, dev_attr);
	u32 *reg = dev->driver_data;
	return sysfs_emit_hex(buf, reg[a->index] << a->shift);
}

static long x_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t n)
{
	struct x_attr *a = container_of(attr, struct x_attr, dev_attr);
	u32 *reg = dev->driver_data, v = 0;
	for (size_t i = 0; i < n && buf[i] >= '0' && buf[i] <= '9'; i++)
		v = v * 10 + buf[i] - '0';
	reg[a->index] = v >> a->shift;
	sysfs_notify(dev, attr->attr.name);
	return n;
}

#define X_ATTR(name, mode, store, index, shift)                                                    \
	static struct x_attr x_##name = {{{#name, mode}, x_show, store}, index, shift}

X_ATTR(gain, 0644, x_store, 0, 0);
X_ATTR(limit, 0644, x_store, 1, 3);
X_ATTR(serial, 0444, NULL, 2, 1);

static struct attribute *x_attrs[] = {
	&x_gain.dev_attr.attr, &x_limit.dev_attr.attr, &x_serial.dev_attr.attr, NULL};

static int x_init(void)
{
	struct device *dev = kzalloc(sizeof *dev, 0);
	u32 *reg = kzalloc(3 * sizeof *reg, 0);
	reg[2] = 77;
	dev->driver_data = reg;
	report(sysfs_create_files(dev, x_attrs));
	report(reg[0] * 1000 + reg[1] * 10 + dev->events);
	return 0;
}
module_init(x_init);
