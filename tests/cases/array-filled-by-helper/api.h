// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct defs {
	u32 reg, def;
};

struct range {
	u32 min, max;
};

struct table {
	const struct range *yes;
	u32 n;
};
struct map;

struct cfg {
	u32 reg_bits, max;
	int (*rd)(void *ctx, u32 reg, u32 *val);
	int (*wr)(void *ctx, u32 reg, u32 val);
	const struct defs *defaults;
	u32 ndef;
	const struct table *volatile_table;
	void (*lock)(void *);
	void (*unlock)(void *);
	void *lock_arg;
};
struct map *map_init(void *ctx, const struct cfg *c);
int map_read(struct map *m, u32 reg, u32 *val);
int map_write(struct map *m, u32 reg, u32 val);
int map_update(struct map *m, u32 reg, u32 mask, u32 val);
int map_bulk(struct map *m, u32 reg, u32 *vals, size_t n);
