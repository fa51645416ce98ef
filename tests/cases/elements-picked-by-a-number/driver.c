// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct weight weights[4] = {{3}, {5}, {7}, {11}};

static int x_init(void)
{
	struct weight *some[4] = {&weights[2], &weights[0], &weights[3], &weights[1]};
	u32 *words = kzalloc(3 * sizeof(*words), 0);
	const u16 values[5] = {4, 8, 15, 16, 23};
	const int ring[6] = {10, 11, 12, 13, 14, 15};
	const u8 points[6] = {9, 1, 8, 2, 7, 3};
	const int signs[4] = {-1, 2, -3, 4};

	words[2] = 0x80000000;
	report(mark_bit(words, 70));
	report(mark_bit(words, 70));
	report(mark_bit(words, 3));
	report(marks(words, 96) * 10 + marks(words, 71));
	report(words[0] + words[2]);
	report(last_of(values, 5) * 100 + last_of(values, 2));
	report(turn_of(ring, 17, 6) * 100 + turn_of(ring, 4, 3));
	report(both(some, 3, 1));
	report(weights[1].uses + 10 * weights[2].uses);
	report(pairs(points, 3));
	report(backwards(signs, 4));
	report(both(some, 0, 2));
	return 0;
}

module_init(x_init);
