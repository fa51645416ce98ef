// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define CHANNELS 2

struct x_seg {
	u32 from, to, len;
};

struct x_desc {
	struct kdma_desc tx;
	struct list_head node;
	u32 nsegs, at, done, total, period;
	_Bool cyclic;
	struct x_seg segs[];
};

struct x_chan {
	struct kdma_chan chan;
	struct kslave_config cfg;
	struct list_head allocated, submitted, issued;
	struct x_desc *current;
	u32 seed, freed;
	u8 swizzle;
};

struct x_dma {
	struct kdma_device dev;
	u32 live;
	struct x_chan chans[CHANNELS];
};

#define to_chan(c) container_of(c, struct x_chan, chan)
#define to_desc(d) container_of(d, struct x_desc, tx)

static kcookie_t submit(struct kdma_desc *tx)
{
	struct x_desc *d = to_desc(tx);
	struct x_chan *c = to_chan(tx->chan);

	kqueue_del(&d->node);
	kqueue_add_tail(&d->node, &c->submitted);
	return kcookie_assign(tx);
}

static void free_desc(struct x_chan *c, struct x_desc *d)
{
	struct x_dma *x = container_of(c->chan.device, struct x_dma, dev);

	x->live--;
	c->freed++;
	kfree(d->tx.meta);
	kfree(d);
}

static int desc_free(struct kdma_desc *tx)
{
	struct x_desc *d = to_desc(tx);

	kqueue_del(&d->node);
	free_desc(to_chan(tx->chan), d);
	return 0;
}

static struct x_desc *new_desc(struct x_chan *c, u32 nsegs, unsigned long flags)
{
	struct x_dma *x = container_of(c->chan.device, struct x_dma, dev);
	struct x_desc *d = kzalloc(sizeof(*d) + nsegs * sizeof(d->segs[0]), 0);

	d->nsegs = nsegs;
	d->tx.chan = &c->chan;
	d->tx.flags = flags;
	d->tx.submit = submit;
	d->tx.desc_free = desc_free;
	kqueue_add_tail(&d->node, &c->allocated);
	x->live++;
	return d;
}

static struct kdma_desc *prep_sg(struct kdma_chan *chan, struct kdma_sg *sg, u32 n, u32 direction,
	unsigned long flags)
{
	struct x_chan *c = to_chan(chan);
	struct x_desc *d;

	if (!n || direction != c->cfg.direction)
		return NULL;
	d = new_desc(c, n, flags);
	for (u32 i = 0; i < n; i++) {
		d->segs[i].from = direction == 1 ? sg[i].dma_addr : c->cfg.src_addr;
		d->segs[i].to = direction == 1 ? c->cfg.dst_addr : sg[i].dma_addr;
		d->segs[i].len = sg[i].len;
		d->total += sg[i].len;
	}
	if (flags & 4) {
		d->tx.meta = kzalloc(sizeof(*d->tx.meta), 0);
		d->tx.meta->len = d->total;
	}
	return &d->tx;
}

static struct kdma_desc *prep_cyclic(struct kdma_chan *chan, u32 buf, size_t len, size_t period)
{
	struct x_chan *c = to_chan(chan);
	struct x_desc *d;

	if (len % period)
		return NULL;
	d = new_desc(c, len / period, 0);
	d->cyclic = 1;
	d->period = period;
	d->total = len;
	for (u32 i = 0; i < d->nsegs; i++)
		d->segs[i] = (struct x_seg){buf + i * period, c->cfg.dst_addr, period};
	return &d->tx;
}

static void next(struct x_chan *c)
{
	c->current = NULL;
	if (kqueue_empty(&c->issued))
		return;
	c->current = container_of(c->issued.next, struct x_desc, node);
	kqueue_del(&c->current->node);
}

static void x_issue(struct kdma_chan *chan)
{
	struct x_chan *c = to_chan(chan);

	while (!kqueue_empty(&c->submitted)) {
		struct list_head *e = c->submitted.next;

		kqueue_del(e);
		kqueue_add_tail(e, &c->issued);
	}
	if (!c->current)
		next(c);
}

static int x_config(struct kdma_chan *chan, struct kslave_config *cfg)
{
	struct x_chan *c = to_chan(chan);

	if (cfg->maxburst > chan->device->max_burst)
		return -22;
	c->cfg = *cfg;
	c->cfg.peripheral_config = NULL;
	if (cfg->peripheral_size == 2)
		c->swizzle = ((u8 *)cfg->peripheral_config)[1];
	return 0;
}

static void finish_desc(struct x_chan *c, struct x_desc *d, int result)
{
	struct kdma_result r = {result, d->cyclic ? 0 : d->total - d->done};

	if (!d->cyclic)
		kcookie_complete(&d->tx);
	if (d->tx.meta)
		report(d->tx.meta->len * 10 + d->tx.flags);
	if (d->tx.callback_result)
		d->tx.callback_result(d->tx.callback_param, &r);
}

static void x_irq(void *data)
{
	struct x_dma *x = data;

	for (int i = 0; i < CHANNELS; i++) {
		struct x_chan *c = &x->chans[i];
		struct x_desc *d = c->current;
		struct x_seg *s;

		if (!d)
			continue;
		s = &d->segs[d->at];
		for (u32 k = 0; k < s->len; k++) {
			u32 from = s->from + (c->cfg.direction == 1 ? k : 0);
			u32 to = s->to + (c->cfg.direction == 1 ? 0 : k);

			x->dev.memory[to] = x->dev.memory[from] * 3 + c->swizzle + k;
		}
		d->done += s->len;
		if (++d->at < d->nsegs && !d->cyclic)
			continue;
		if (d->cyclic) {
			d->at %= d->nsegs;
			finish_desc(c, d, 0);
			continue;
		}
		finish_desc(c, d, d->done > 30);
		free_desc(c, d);
		next(c);
	}
}

static int tx_status(struct kdma_chan *chan, kcookie_t cookie, struct kdma_state *s)
{
	struct x_chan *c = to_chan(chan);
	int status = kcookie_status(chan, cookie, s);

	if (!status)
		return 0;
	if (c->current && c->current->tx.cookie == cookie)
		s->residue = c->current->total - c->current->done % (c->current->total + 1);
	for (struct list_head *e = c->issued.next; e != &c->issued; e = e->next) {
		struct x_desc *d = container_of(e, struct x_desc, node);

		if (d->tx.cookie == cookie)
			s->residue = d->total;
		s->in_flight += d->total;
	}
	return status;
}

static void drain(struct x_chan *c, struct list_head *l)
{
	while (!kqueue_empty(l)) {
		struct x_desc *d = container_of(l->next, struct x_desc, node);

		kqueue_del(&d->node);
		free_desc(c, d);
	}
}

static int terminate(struct kdma_chan *chan)
{
	struct x_chan *c = to_chan(chan);

	if (c->current)
		free_desc(c, c->current);
	c->current = NULL;
	drain(c, &c->issued);
	drain(c, &c->submitted);
	return c->freed;
}

static int alloc_chan(struct kdma_chan *chan)
{
	chan->private = &to_chan(chan)->seed;
	to_chan(chan)->seed = chan->id + 40;
	return 16;
}

static void free_chan(struct kdma_chan *chan)
{
	terminate(chan);
	drain(to_chan(chan), &to_chan(chan)->allocated);
	report(to_chan(chan)->freed * 100 + chan->completed);
	chan->private = NULL;
}

static int filter(struct kdma_chan *chan, void *param)
{
	return chan->id == *(u32 *)param;
}

static void release(struct kdma_device *d)
{
	struct x_dma *x = container_of(d, struct x_dma, dev);

	report(x->live);
	kfree(x);
}

static int x_init(void)
{
	struct x_dma *x = kzalloc(sizeof(*x), 0);
	int err;

	x->dev = (struct kdma_device){.cap_mask = 6, .max_burst = 8, .alloc_chan = alloc_chan,
		.free_chan = free_chan, .prep_sg = prep_sg, .prep_cyclic = prep_cyclic,
		.config = x_config, .terminate = terminate, .tx_status = tx_status, .issue = x_issue,
		.filter = filter, .release = release};
	kqueue_init(&x->dev.channels);
	for (int i = 0; i < CHANNELS; i++) {
		struct x_chan *c = &x->chans[i];

		c->chan.device = &x->dev;
		kqueue_init(&c->allocated);
		kqueue_init(&c->submitted);
		kqueue_init(&c->issued);
		kqueue_add_tail(&c->chan.device_node, &x->dev.channels);
	}
	err = kdma_register(&x->dev);
	if (err) {
		kfree(x);
		return err;
	}
	report(x->chans[1].chan.name[4] * 10 + x->dev.chancnt);
	return kdma_irq(x_irq, x);
}

module_init(x_init);
