// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct queue {
	struct napi napi;
	u32 ring[8];
	u32 head, tail;
	u32 done;
	struct priv *priv;
};

struct priv {
	struct ndev *dev;
	struct queue q[3];
	u32 nq;
};

static int x_poll(struct napi *n, int budget)
{
	struct queue *q = container_of(n, struct queue, napi);
	struct ndev *d = q->priv->dev;
	int work = 0;
	while (work < budget && q->tail != q->head) {
		d->rx += q->ring[q->tail % 8];
		q->tail++;
		work++;
	}
	q->done += work;
	if (work < budget)
		napi_complete(n, work);
	return work;
}

static int x_open(struct ndev *d)
{
	struct priv *p = ndev_priv(d);
	u32 i;
	for (i = 0; i < p->nq; i++)
		napi_schedule(&p->q[i].napi);
	return p->nq;
}

static int x_xmit(struct ndev *d, u32 qi, u32 v)
{
	struct priv *p = ndev_priv(d);
	struct queue *q;
	if (qi >= p->nq) {
		d->dropped++;
		return 1;
	}
	q = &p->q[qi];
	q->ring[q->head % 8] = v;
	q->head++;
	napi_schedule(&q->napi);
	return 0;
}
static const struct nops x_ops = {.open = x_open, .xmit = x_xmit};

static int x_init(void)
{
	struct ndev *d = alloc_ndev(sizeof(struct priv));
	struct priv *p = ndev_priv(d);
	int i;
	p->dev = d;
	p->nq = 3;
	d->ops = &x_ops;
	for (i = 0; i < 3; i++) {
		p->q[i].priv = p;
		napi_add(d, &p->q[i].napi, x_poll, 2 + i);
	}
	return register_ndev(d);
}

module_init(x_init);
