// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct ndev *devs[2];
static int n, backlog, freed;

struct ndev *ndev_alloc(const char *name)
{
	struct ndev *d = kzalloc(sizeof *d, 0);
	int i;
	kernel_only();
	for (i = 0; i < 7 && name[i]; i++)
		d->name[i] = name[i];
	return d;
}

int ndev_register(struct ndev *d)
{
	kernel_only();
	devs[n++] = d;
	return 0;
}

int netif_rx(struct pkt *p)
{
	kernel_only();
	backlog = backlog * 7 + p->dev->name[1] + p->data[0];
	kfree(p->data);
	kfree(p);
	return 0;
}

void pkt_free(struct pkt *p)
{
	kernel_only();
	freed++;
	kfree(p->data);
	kfree(p);
}

static struct pkt *pkt(u32 len)
{
	struct pkt *p = kzalloc(sizeof *p, 0);
	p->data = kzalloc(16, 0);
	p->data[0] = len * 3;
	p->len = len;
	return p;
}

int later(void)
{
	note(devs[0]->ops->xmit(pkt(5), devs[0]));
	note(devs[0]->ops->open(devs[0]));
	note(devs[0]->ops->xmit(pkt(6), devs[0]));
	note(devs[1]->ops->open(devs[1]));
	note(devs[0]->ops->xmit(pkt(7), devs[0]));
	note(devs[1]->ops->xmit(pkt(8), devs[1]));
	note(devs[1]->rx);
	note(devs[1]->tx);
	note(devs[0]->rx);
	note(devs[0]->ops->stop(devs[0]));
	note(devs[1]->ops->xmit(pkt(9), devs[1]));
	note(devs[1]->ops->stop(devs[1]));
	note(backlog);
	note(freed);
	return noted;
}
