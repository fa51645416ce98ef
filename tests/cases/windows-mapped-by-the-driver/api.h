// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct panel;

struct panel_ops {
	void *(*map)(struct panel *panel, u32 page);
	int (*flush)(struct panel *panel);
};

struct panel {
	const struct panel_ops *ops;
	u32 pages;
	void *shadow, *cookie;
	void *mirror; /* the kernel's */
};

int kpanel_add(struct panel *panel);
u32 kpanel_draw(struct panel *panel, u32 page, u32 at);
