// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct card cards[4] = {{1, 10}, {2, 20}, {3, 30}, {5, 40}};

int kprobe(int (*probe)(struct card *card))
{
	int sum = 0;

	kernel_only();
	for (int i = 0; i < 4; i++) {
		if (probe(&cards[i])) {
			sum += 100000;
			continue;
		}
		sum += cards[i].ops->rate(&cards[i]);
		cards[i].ops->reset(&cards[i]);
		sum += cards[i].ops->rate(&cards[i]) * 100 + cards[i].resets * 1000;
	}
	return sum;
}
