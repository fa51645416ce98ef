// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct part *parts[3];
static u32 next = 1;

int kpart_add(struct part *part)
{
	kernel_only();
	if (part->name[0] == 'b')
		return -22;
	for (int i = 0; i < 3; i++)
		if (!parts[i]) {
			parts[i] = part;
			part->id = next++;
			return 0;
		}
	return -12;
}

void kpart_del(struct part *part)
{
	kernel_only();
	for (int i = 0; i < 3; i++)
		if (parts[i] == part)
			parts[i] = NULL;
	part->id = 0;
}

int kuse_all(u32 value)
{
	int sum = 0;

	kernel_only();
	for (int i = 0; i < 3; i++)
		if (parts[i])
			sum = sum * 10 + parts[i]->use(parts[i], value);
	return sum;
}
