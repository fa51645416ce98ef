// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct ndev *the;

struct ndev *alloc_ndev(size_t priv)
{
	kernel_only();
	return kzalloc(sizeof(struct ndev) + priv, 0);
}

void napi_add(struct ndev *d, struct napi *n, int (*poll)(struct napi *, int), int weight)
{
	kernel_only();
	n->poll = poll;
	n->weight = weight;
	n->dev = d;
	n->next = d->napis;
	d->napis = n;
}

void napi_schedule(struct napi *n)
{
	kernel_only();
	n->state |= 1;
}

int napi_complete(struct napi *n, int done)
{
	kernel_only();
	n->state &= ~1u;
	return done;
}

int register_ndev(struct ndev *d)
{
	kernel_only();
	the = d;
	return 0;
}

int later(void)
{
	struct napi *n;
	int i;
	note(the->ops->open(the));
	for (i = 0; i < 9; i++)
		note(the->ops->xmit(the, i % 4, i + 10));
	for (i = 0; i < 3; i++)
		for (n = the->napis; n; n = n->next)
			if (n->state & 1) {
				note(n->poll(n, n->weight));
				note(n->state);
				note(((struct ndev *)n->dev)->rx);
			}
	note(the->rx);
	note(the->dropped);
	return noted;
}
