// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct board board;
static u32 rates[5] = {9, 8, 7, 6, 5};
static const char *labels[] = {"in", "out", "up", "down"};

struct board *board_get(void)
{
	kernel_only();
	return &board;
}

int board_rates(struct board *board, const u32 **to, u32 *count)
{
	kernel_only();
	if (board->revision == 3)
		return -19;
	rates[1] += 20;
	*to = rates + board->revision;
	*count = 5 - board->revision;
	return 0;
}

int board_labels(struct board *board, const char *const **to, u32 *count)
{
	kernel_only();
	labels[0] = board->revision ? "on" : "in";
	*to = labels;
	*count = 2 + board->revision;
	return 0;
}
