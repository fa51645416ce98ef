// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct regmap;

struct reg_default {
	u32 reg, def;
};

struct reg_range {
	u32 min, max;
};

struct reg_access {
	const struct reg_range *yes;
	u32 n_yes;
};

struct regmap_config {
	u32 max_register;
	_Bool (*volatile_reg)(void *context, u32 reg);
	const struct reg_access *writeable;
	const struct reg_default *defaults;
	u32 num_defaults;
};

struct regmap_bus {
	int (*read)(void *context, const void *reg, size_t reg_size, void *val, size_t val_size);
	int (*write)(void *context, const void *data, size_t count);
};

struct reg_field {
	u32 reg, lsb, msb;
};

struct regmap *regmap_init(
	const struct regmap_bus *bus, void *context, const struct regmap_config *c);
int regmap_read(struct regmap *m, u32 reg, u32 *val);
int regmap_write(struct regmap *m, u32 reg, u32 val);
int regmap_field_read(struct regmap *m, struct reg_field field, u32 *val);
int regmap_multi_write(struct regmap *m, const struct reg_default *regs, int n);
void on_timer(int (*tick)(void *data), void *data);
