// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct private {
	u32 flushes, sum;
};

static void *pages;
static struct private private;

static void *map(struct panel *panel, u32 page)
{
	u8 *first = pages;

	if (page >= panel->pages)
		return NULL;
	return first + page * 8;
}

static int flush(struct panel *panel)
{
	struct private *p = panel->cookie;
	const u8 *at = pages;

	p->flushes++;
	for (u32 i = 0; i < 16; i++)
		p->sum = p->sum * 3 + at[i];
	report(p->sum);
	report(((u8 *)panel->shadow)[1]);
	return p->flushes;
}

static const struct panel_ops ops = {map, flush};
static struct panel panel = {.ops = &ops, .pages = 2, .cookie = &private};

static int x_init(void)
{
	u8 *bytes = kzalloc(16, 0), *shadow = kzalloc(4, 0);

	bytes[3] = 7;
	bytes[12] = 40;
	pages = bytes;
	shadow[1] = 9;
	panel.shadow = shadow;
	report(kpanel_add(&panel));
	report(kpanel_draw(&panel, 1, 4));
	report(bytes[13] * 1000 + bytes[2]);
	report(shadow[1] * 1000 + shadow[2]);
	shadow[3] = 100;
	report(private.flushes);
	return 0;
}

module_init(x_init);
