// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct device client, *hwmon;
static void (*release)(void *data);
static u8 regs[5] = {41, 93, 12, 77, 0x41};

struct device *i2c_new_client_device(void)
{
	kernel_only();
	return &client;
}

int i2c_read_byte(struct device *dev, u8 command)
{
	kernel_only();
	return dev == &client && command < 5 ? regs[command] : -6;
}

void devm_add_action(struct device *dev, void (*action)(void *data), void *data)
{
	kernel_only();
	dev->driver_data = data;
	release = action;
}

struct device *hwmon_device_register_with_groups(struct device *dev, void *drvdata,
						 const struct attribute_group **groups)
{
	kernel_only();
	hwmon = kzalloc(sizeof(*hwmon), 0);
	*hwmon = (struct device){dev, groups, drvdata};
	return hwmon;
}

int later(void)
{
	char *page = kzalloc(4096, 0);
	u32 value = 0;
	for (const struct attribute_group **g = hwmon->groups; *g; g++)
		for (int n = 0; (*g)->attrs[n]; n++) {
			struct device_attribute *attr = container_of((*g)->attrs[n], struct device_attribute, attr);
			if ((*g)->is_visible && !(*g)->is_visible(hwmon, &attr->attr, n))
				continue;
			if (attr->attr.mode & 0200)
				report(attr->store(hwmon, attr, n ? "65000\n" : "900000\n", 6));
			report(attr->show(hwmon, attr, page));
			kstrtouint(page, 10, &value);
			report(value + attr->attr.name[3]);
		}
	release(client.driver_data);
	kfree(page);
	kfree(hwmon);
	return value;
}
