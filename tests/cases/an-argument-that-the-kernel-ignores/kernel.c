// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int numbers, length;

int kadd(int number, const char *name)
{
	kernel_only();
	numbers += number;
	for (; *name; name++)
		length++;
	return length;
}

void kdrop(int number, const char *name)
{
	kernel_only();
	numbers -= number;
}

int kcount(void)
{
	kernel_only();
	return numbers;
}
