// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct chip {
	u32 r[16];
	u32 io;
	struct map *m;
	u32 depth, locks;
};

static int rd(void *ctx, u32 reg, u32 *val)
{
	struct chip *c = ctx;
	if (reg > 15)
		return -5;
	c->io++;
	*val = c->r[reg] + (reg == 7 ? c->io : 0);
	return 0;
}

static int wr(void *ctx, u32 reg, u32 val)
{
	struct chip *c = ctx;
	c->io++;
	c->r[reg] = val;
	return 0;
}

static void lk(void *p)
{
	struct chip *c = p;
	c->depth++;
	c->locks++;
}

static void ul(void *p)
{
	struct chip *c = p;
	c->depth--;
}
static const struct defs defs[] = {{1, 10}, {2, 20}, {9, 90}};
static const struct range vr[] = {{7, 7}, {12, 15}};
static const struct table vt = {vr, 2};

static int x_init(void)
{
	struct chip *c = kzalloc(sizeof(*c), 0);
	struct cfg cfg = {8, 15, rd, wr, defs, 3, &vt, lk, ul, c};
	u32 v = 0, b[3];
	c->m = map_init(c, &cfg);
	report(map_read(c->m, 2, &v));
	report(v);
	report(map_update(c->m, 9, 0xf, 5));
	report(c->r[9]);
	report(map_read(c->m, 7, &v));
	report(v);
	report(map_read(c->m, 99, &v));
	report(map_bulk(c->m, 1, b, 3));
	report(b[0] + b[1] * 100 + b[2] * 10000);
	report(c->io * 100 + c->locks * 10 + c->depth);
	return 0;
}

module_init(x_init);
