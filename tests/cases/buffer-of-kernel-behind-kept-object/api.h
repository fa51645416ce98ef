// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct panel {
	u32 *pixels;
	u32 n;
	u32 frames;
};

struct panel *panel_get(void);
int panel_show(void);
void on_frame(int (*cb)(void));
