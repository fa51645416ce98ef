// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct regmap *map;
	u8 chip[32];
	u32 reads, writes;
};

static int x_read(void *context, const void *reg, size_t reg_size, void *val, size_t val_size)
{
	struct x_dev *x = context;
	u8 at = *(const u8 *)reg;

	if (at + val_size > sizeof(x->chip))
		return -5;
	memcpy(val, x->chip + at, val_size);
	x->reads++;
	return 0;
}

static int x_write(void *context, const void *data, size_t count)
{
	struct x_dev *x = context;
	const u8 *d = data;

	for (size_t i = 1; i < count; i++)
		x->chip[d[0] + i - 1] = d[i];
	x->writes += count;
	return x->writes > 40 ? -28 : 0;
}

static _Bool x_volatile(void *context, u32 reg)
{
	struct x_dev *x = context;

	return reg == 4 || x->chip[reg] == 0xee;
}

static const struct reg_default defaults[] = {{0, 0x1234}, {8, 0x55}, {12, 0}};
static const struct reg_default sequence[] = {{8, 0x7701}, {16, 0x0203}, {24, 0xffee}};
static const struct reg_range ranges[] = {{8, 16}, {24, 28}};
static const struct reg_access writeable = {ranges, 2};
static const struct regmap_config config = {30, x_volatile, &writeable, defaults, 3};
static const struct regmap_bus bus = {x_read, x_write};

static int x_tick(void *data)
{
	struct x_dev *x = data;
	u32 a = 0, b = 0;

	x->chip[4]++;
	regmap_read(x->map, 4, &a);
	regmap_read(x->map, 8, &b);
	report(a * 1000 + b);
	if (regmap_field_read(x->map, (struct reg_field){16, 4, 10}, &b))
		return -5;
	report(b);
	return regmap_write(x->map, 28, a + b);
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof(*x), 0);
	u32 val = 0;

	x->chip[4] = 3;
	x->chip[5] = 1;
	x->chip[20] = 9;
	x->map = regmap_init(&bus, x, &config);
	report(regmap_read(x->map, 0, &val));
	report(val);
	report(regmap_write(x->map, 0, 1));
	report(regmap_multi_write(x->map, sequence, 3));
	report(x->chip[9] + x->chip[24] + x->reads * 1000 + x->writes * 10000);
	on_timer(x_tick, x);
	return 0;
}

module_init(x_init);
