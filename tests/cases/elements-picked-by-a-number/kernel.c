// SPDX-License-Identifier: MIT
#include <linux/api.h>

int mark_bit(u32 *words, int bit)
{
	int was = words[bit / 32] >> bit % 32 & 1;

	kernel_only();
	words[bit >> 5] |= 1u << (bit & 31);
	return was;
}

int marks(const u32 *words, u16 bits)
{
	int n = 0;

	kernel_only();
	for (int i = 0; i < bits; i++)
		n += words[i >> 5] >> (i & 31) & 1;
	return n;
}

int last_of(const u16 *values, u32 n)
{
	kernel_only();
	return values[n - 1] - values[0];
}

int turn_of(const int *ring, u32 at, u32 size)
{
	kernel_only();
	return ring[at % size];
}

int both(struct weight **weights, u32 front, u32 back)
{
	int sum = 0;

	kernel_only();
	for (u32 i = 0; i < front + back; i++) {
		sum = sum * 3 + weights[i]->value;
		weights[i]->uses++;
	}
	return sum;
}

long pairs(const u8 *points, int n)
{
	long sum = 0;

	kernel_only();
	for (int i = 0; i < n; i++)
		sum = sum * 3 + points[2 * i] - points[2 * i + 1];
	return sum;
}

int backwards(const int *values, u32 n)
{
	int sum = 0;

	kernel_only();
	while (n--)
		sum = sum * 3 + values[n];
	return sum;
}
