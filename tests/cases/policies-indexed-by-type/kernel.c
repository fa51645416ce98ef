// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct family *f;

static int send(u8 cmd, struct attr *a, int n, u32 seq)
{
	struct attr *tb[8] = {NULL};
	struct info i = {seq, tb};
	for (int k = 0; k < n; k++) {
		if (a[k].type > f->maxattr || a[k].len > f->policy[a[k].type].len)
			return -34;
		tb[a[k].type] = &a[k];
	}
	for (u32 k = 0; k < f->n; k++)
		if (f->ops[k].cmd == cmd)
			return f->ops[k].doit(&i);
	return -95;
}

static int go(void)
{
	struct attr a[2] = {{4, 1, {5, 1}}, {1, 3, {9}}}, b[1] = {{8, 2}};
	report(send(1, a, 2, 100));
	report(send(1, a + 1, 1, 100));
	report(send(2, b, 1, 0));
	report(b[0].data[0] + b[0].data[4] * 256);
	report(send(3, a, 1, 0));
	return send(2, NULL, 0, 0);
}

int family_register(struct family *x)
{
	kernel_only();
	f = x;
	x->id = 17;
	return go();
}

int later(void)
{
	report(go());
	return 0;
}
