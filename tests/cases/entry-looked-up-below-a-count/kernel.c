// SPDX-License-Identifier: MIT
#include <linux/api.h>

int bank_open(struct bank *b, u32 gate)
{
	struct gate *g;

	kernel_only();
	if (gate >= b->count)
		return -22;
	g = &b->gates[gate];
	if (g->open)
		return -16;
	g->open = gate + 1;
	return 1 << g->bit;
}

int bank_delay(struct bank *b, u32 index)
{
	kernel_only();
	if (!b || index >= b->ndelays)
		return -34;
	return b->delays[index] * 3;
}
