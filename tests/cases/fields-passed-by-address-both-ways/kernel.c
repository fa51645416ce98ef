// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct dev *the;

int reg(struct dev *d)
{
	kernel_only();
	the = d;
	return 0;
}

static u32 count = 6;

void kread(u32 *v)
{
	kernel_only();
	*v += count++;
}

void kmac(u8 *mac, u32 n)
{
	u32 i;
	kernel_only();
	for (i = 0; i < n; i++)
		mac[i] = i + count;
}

int kname(const char *name)
{
	kernel_only();
	return name[0];
}

int later(void)
{
	u32 v = 1;
	int i;
	for (i = 0; i < 3; i++) {
		note(the->go(the, i));
		note(the->level);
		note(the->mac[0]);
		note(the->mac[5]);
	}
	the->level = 100;
	note(the->go(the, i));
	note(the->level);
	note(the->get(the, &the->level, &the->pos));
	note(the->level);
	note(the->pos);
	note(the->go(the, i));
	note(the->level);
	note(the->get(the, &v, &the->pos));
	note(the->pos);
	note(v);
	return noted;
}
