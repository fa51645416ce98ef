// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

volatile unsigned long jiffies = 100;
unsigned long tick_nsec[2] = {1, 2};
static struct dev *the;

void relax(void)
{
	kernel_only();
	jiffies++;
}

int reg(struct dev *d)
{
	kernel_only();
	the = d;
	jiffies += 2;
	return 0;
}

int later(void)
{
	int i;
	for (i = 0; i < 4; i++) {
		jiffies += 7;
		tick_nsec[1] += i;
		note(the->poll(the));
		note(the->deadline);
		note(the->last);
	}
	return noted;
}
