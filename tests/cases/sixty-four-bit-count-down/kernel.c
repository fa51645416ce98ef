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
static struct node nodes[4];

int reg(struct dev *d)
{
	int i;
	kernel_only();
	the = d;
	for (i = 0; i < 4; i++) {
		nodes[i].v = i * 3 + 1;
		nodes[i].next = i < 3 ? &nodes[i + 1] : NULL;
	}
	d->head = nodes;
	return 0;
}

int later(void)
{
	int i;
	note(the->go(the));
	for (i = 0; i < 4; i++) {
		note(nodes[i].v);
		note(nodes[i].seen);
	}
	nodes[2].v = 1000;
	note(the->go(the));
	note(the->sum);
	return noted;
}
