// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int look(struct board *board)
{
	const char *const *labels = NULL;
	const u32 *rates = NULL;
	u32 count = 0, sum = 0;

	if (board_rates(board, &rates, &count))
		return -1;
	for (u32 i = 0; i < count; i++)
		sum = sum * 5 + rates[i];
	if (board_labels(board, &labels, &count))
		return -2;
	for (u32 i = 0; i < count; i++)
		sum = sum * 7 % 100003 + labels[i][0] + labels[i][1];
	return sum;
}

static int x_init(void)
{
	struct board *board = board_get();

	for (u32 revision = 0; revision < 4; revision++) {
		board->revision = revision;
		report(look(board));
	}
	return 0;
}

module_init(x_init);
