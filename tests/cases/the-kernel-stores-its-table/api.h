// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct board {
	u32 revision;
};

int board_rates(struct board *board, const u32 **rates, u32 *count);
int board_labels(struct board *board, const char *const **labels, u32 *count);
struct board *board_get(void);
