// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct sensor {
	struct device dev;
	const struct chip_info *chip;
	u32 visible[2][4];
};

static struct sensor *sensor;

struct device *sensor_register(const char *name, void *data, const struct chip_info *chip)
{
	const struct channel_info *info;

	kernel_only();
	sensor = kzalloc(sizeof(*sensor), 0);
	sensor->dev.name = name;
	sensor->dev.drvdata = data;
	sensor->chip = chip;
	for (int i = 0; (info = chip->info[i]); i++)
		for (int c = 0; info->config[c]; c++)
			for (u32 attr = 1; attr < 16; attr <<= 1)
				if (info->config[c] & attr) {
					u32 mode = chip->ops->is_visible(data, info->type, attr, c);

					report(info->type * 10000 + c * 1000 + attr * 100 +
						(mode & 7) + (mode >> 7));
					if (mode)
						sensor->visible[i][c] |= attr;
				}
	return &sensor->dev;
}

int later(void)
{
	const struct channel_info *info;
	long val = 0;

	report(sensor->chip->ops->write(&sensor->dev, SENSOR_TEMP, 2, 2, 130000));
	report(sensor->chip->ops->write(&sensor->dev, SENSOR_FAN, 2, 0, 1));
	for (int i = 0; (info = sensor->chip->info[i]); i++)
		for (int c = 0; c < 4; c++)
			for (u32 attr = 1; attr < 16; attr <<= 1)
				if (sensor->visible[i][c] & attr) {
					report(sensor->chip->ops->read(
						&sensor->dev, info->type, attr, c, &val));
					report(val);
				}
	return 0;
}
