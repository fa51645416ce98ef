// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct map {
	struct cfg c;
	void *ctx;
	u32 cache[16];
	u8 have[16];
};

struct map *map_init(void *ctx, const struct cfg *c)
{
	kernel_only();
	struct map *m = kzalloc(sizeof(*m), 0);
	m->c = *c;
	m->ctx = ctx;
	for (u32 i = 0; i < c->ndef; i++) {
		m->cache[c->defaults[i].reg] = c->defaults[i].def;
		m->have[c->defaults[i].reg] = 1;
	}
	return m;
}

static int vol(struct map *m, u32 reg)
{
	for (u32 i = 0; i < m->c.volatile_table->n; i++)
		if (reg >= m->c.volatile_table->yes[i].min &&
			reg <= m->c.volatile_table->yes[i].max)
			return 1;
	return 0;
}

static int rdl(struct map *m, u32 reg, u32 *val)
{
	if (reg <= m->c.max && m->have[reg] && !vol(m, reg)) {
		*val = m->cache[reg];
		return 0;
	}
	int e = m->c.rd(m->ctx, reg, val);
	if (!e && !vol(m, reg)) {
		m->cache[reg] = *val;
		m->have[reg] = 1;
	}
	return e;
}

int map_read(struct map *m, u32 reg, u32 *val)
{
	kernel_only();
	m->c.lock(m->c.lock_arg);
	int e = rdl(m, reg, val);
	m->c.unlock(m->c.lock_arg);
	return e;
}

int map_write(struct map *m, u32 reg, u32 val)
{
	kernel_only();
	m->cache[reg] = val;
	return m->c.wr(m->ctx, reg, val);
}

int map_update(struct map *m, u32 reg, u32 mask, u32 val)
{
	kernel_only();
	u32 old;
	int e = rdl(m, reg, &old);
	if (e)
		return e;
	m->cache[reg] = (old & ~mask) | (val & mask);
	return m->c.wr(m->ctx, reg, m->cache[reg]);
}

int map_bulk(struct map *m, u32 reg, u32 *vals, size_t n)
{
	kernel_only();
	for (size_t i = 0; i < n; i++) {
		int e = rdl(m, reg + i, &vals[i]);
		if (e)
			return e;
	}
	return 0;
}
