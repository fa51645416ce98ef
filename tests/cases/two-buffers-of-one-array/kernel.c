// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct buf *q[2];
static int n;

void kqueue(struct buf *b)
{
	kernel_only();
	q[n++] = b;
}

int kcomplete(void)
{
	kernel_only();
	int r = 0;
	for (int i = 0; i < n; i++) {
		r += q[i]->data[3] + q[i]->data[4];
		q[i]->data[1] = 10 + i;
		q[i]->len = 3 + i;
		q[i]->done(q[i]);
	}
	return r;
}

int later(void)
{
	int r = 0;
	for (int i = 0; i < n; i++) {
		q[i]->data[2]++;
		q[i]->done(q[i]);
		r += q[i]->data[0];
	}
	return r;
}
