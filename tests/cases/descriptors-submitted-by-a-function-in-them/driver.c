// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_desc {
	struct tx_desc tx;
	u64 src, dst;
	size_t len;
	struct list_head node;
};

struct x_chan {
	struct dma_chan chan;
	struct list_head submitted, issued;
	u64 moved;
};

struct x_dma {
	struct dma_device dev;
	struct x_chan chans[2];
};

static int x_submit(struct tx_desc *tx)
{
	struct x_chan *c = container_of(tx->chan, struct x_chan, chan);
	struct x_desc *d = container_of(tx, struct x_desc, tx);

	tx->cookie = ++c->chan.cookie;
	list_add_tail(&d->node, &c->submitted);
	return tx->cookie;
}

static struct tx_desc *x_prep(struct dma_chan *chan, u64 dst, u64 src, size_t len, u32 flags)
{
	struct x_desc *d;

	if (!len)
		return NULL;
	d = kzalloc(sizeof(*d), 0);
	d->src = src;
	d->dst = dst;
	d->len = len;
	d->tx.chan = chan;
	d->tx.flags = flags;
	d->tx.submit = x_submit;
	return &d->tx;
}

static void x_issue(struct dma_chan *chan)
{
	struct x_chan *c = container_of(chan, struct x_chan, chan);

	while (c->submitted.next != &c->submitted) {
		struct list_head *n = c->submitted.next;

		list_del(n);
		list_add_tail(n, &c->issued);
	}
}

static int x_status(struct dma_chan *chan, int cookie, u32 *residue)
{
	struct x_chan *c = container_of(chan, struct x_chan, chan);

	*residue = 0;
	for (struct list_head *n = c->issued.next; n != &c->issued; n = n->next) {
		struct x_desc *d = container_of(n, struct x_desc, node);

		if (d->tx.cookie <= cookie)
			*residue += d->len;
	}
	return chan->completed >= cookie ? 0 : 1;
}

static void x_irq(void *data)
{
	struct x_dma *x = data;

	for (int i = 0; i < 2; i++) {
		struct x_chan *c = &x->chans[i];
		struct x_desc *d;

		if (c->issued.next == &c->issued)
			continue;
		d = container_of(c->issued.next, struct x_desc, node);
		list_del(&d->node);
		c->moved += d->len + d->dst - d->src;
		c->chan.completed = d->tx.cookie;
		if (d->tx.callback)
			d->tx.callback(d->tx.param);
		report(c->moved);
		kfree(d);
	}
}

static int x_init(void)
{
	struct x_dma *x = kzalloc(sizeof(*x), 0);
	int status;

	list_init(&x->dev.channels);
	for (int i = 0; i < 2; i++) {
		x->chans[i].chan.device = &x->dev;
		x->chans[i].chan.cookie = 10 * i + 1;
		list_init(&x->chans[i].submitted);
		list_init(&x->chans[i].issued);
		list_add_tail(&x->chans[i].chan.node, &x->dev.channels);
	}
	x->dev.prep_copy = x_prep;
	x->dev.issue = x_issue;
	x->dev.status = x_status;
	dma_irq(x_irq, x);
	status = dma_register(&x->dev);
	report(x->dev.chancnt * 100 + x->chans[1].chan.id);
	return status;
}

module_init(x_init);
