// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct panel *the_panel;

static u8 *window(struct panel *panel, u32 page, u32 at)
{
	void *start = panel->ops->map(panel, page);

	return start ? (u8 *)start + at : NULL;
}

static void dirty(struct panel *panel, u32 by)
{
	u8 *at = (u8 *)panel->mirror + panel->pages - 1;

	at[0] += by;
	at[1] = by;
}

int kpanel_add(struct panel *panel)
{
	kernel_only();
	the_panel = panel;
	panel->mirror = panel->shadow;
	return window(panel, 0, 3)[0];
}

u32 kpanel_draw(struct panel *panel, u32 page, u32 at)
{
	u8 *to = window(panel, page, at);

	kernel_only();
	to[1] = to[0] + 2;
	dirty(panel, 3);
	return panel->ops->flush(panel);
}

int later(void)
{
	u8 *to = window(the_panel, 0, 2);

	to[0] = 5;
	report(window(the_panel, 2, 0) == NULL);
	report(the_panel->ops->flush(the_panel));
	dirty(the_panel, 20);
	return window(the_panel, 0, 2)[0];
}
