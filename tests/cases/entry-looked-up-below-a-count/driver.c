// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u16 delays[7] = {5, 15, 25, 35, 45, 55, 65};

static int x_init(void)
{
	struct bank *b = kzalloc(sizeof(*b) + 4 * sizeof(b->gates[0]), 0);

	b->count = 4;
	b->ndelays = 7;
	b->delays = delays;
	b->gates[0].bit = 3;
	b->gates[1].bit = 5;
	b->gates[2].bit = 8;
	b->gates[3].bit = 13;
	for (u32 i = 0; i < 6; i++)
		report(bank_open(b, i));
	report(bank_open(b, 3));
	for (u32 i = 0; i < 4; i++)
		report(b->gates[i].open);
	report(bank_delay(b, 6));
	report(bank_delay(b, 7));
	b->delays[4] = 1000;
	b->gates[2].bit = 21;
	report(bank_delay(b, 4));
	report(bank_open(b, 2));
	return 0;
}

module_init(x_init);
