// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct urb *Q;
static int n;

struct urb *urb_alloc(void)
{
	kernel_only();
	return kzalloc(sizeof(struct urb), 0);
}

void urb_free(struct urb *u)
{
	kernel_only();
	kfree(u);
}

int urb_submit(struct urb *u)
{
	kernel_only();
	Q = u;
	report(u->flags);
	return 0;
}

int later(void)
{
	for (int i = 0; i < 4; i++) {
		struct urb *u = Q;
		if (!u)
			break;
		Q = NULL;
		u->status = i == 3 ? -108 : 0;
		u->actual = i == 3 ? 0 : 5 + i;
		for (u32 k = 0; k < u->actual; k++)
			((u8 *)u->buffer)[k] = 10 * i + k;
		u->complete(u);
	}
	return 0;
}
