// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct regmap {
	struct regmap_bus bus;
	void *context;
	const struct regmap_config *config;
	u32 cache[32];
	_Bool cached[32];
};

static struct regmap *map;
static int (*timer)(void *data);
static void *timer_data;

void on_timer(int (*tick)(void *data), void *data)
{
	kernel_only();
	timer = tick;
	timer_data = data;
}

struct regmap *regmap_init(
	const struct regmap_bus *bus, void *context, const struct regmap_config *c)
{
	struct regmap *m = kzalloc(sizeof(*m), 0);

	kernel_only();
	m->bus = *bus;
	m->context = context;
	m->config = c;
	for (u32 i = 0; i < c->num_defaults; i++) {
		m->cache[c->defaults[i].reg] = c->defaults[i].def;
		m->cached[c->defaults[i].reg] = 1;
	}
	map = m;
	return m;
}

int regmap_read(struct regmap *m, u32 reg, u32 *val)
{
	u8 at = reg, raw[2] = {0, 0};
	int status;

	kernel_only();
	if (reg > m->config->max_register)
		return -22;
	if (m->cached[reg] && !m->config->volatile_reg(m->context, reg)) {
		*val = m->cache[reg];
		return 0;
	}
	status = m->bus.read(m->context, &at, 1, raw, 2);
	*val = raw[0] | raw[1] << 8;
	return status;
}

int regmap_write(struct regmap *m, u32 reg, u32 val)
{
	u8 data[3] = {reg, val, val >> 8};
	const struct reg_access *w = m->config->writeable;

	kernel_only();
	for (u32 i = 0; i < w->n_yes; i++)
		if (reg >= w->yes[i].min && reg <= w->yes[i].max) {
			m->cache[reg] = val;
			m->cached[reg] = 1;
			return m->bus.write(m->context, data, 3);
		}
	return -13;
}

int regmap_field_read(struct regmap *m, struct reg_field field, u32 *val)
{
	int status = regmap_read(m, field.reg, val);

	kernel_only();
	*val = *val >> field.lsb & ((1u << (field.msb - field.lsb + 1)) - 1);
	return status;
}

int regmap_multi_write(struct regmap *m, const struct reg_default *regs, int n)
{
	int status = 0;

	kernel_only();
	for (int i = 0; i < n && !status; i++)
		status = regmap_write(m, regs[i].reg, regs[i].def);
	return status;
}

int later(void)
{
	u32 val = 0;

	report(regmap_read(map, 20, &val));
	report(val);
	for (int i = 0; i < 12; i++)
		report(timer(timer_data));
	return 0;
}
