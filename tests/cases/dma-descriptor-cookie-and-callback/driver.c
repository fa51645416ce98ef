// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_desc {
	struct dma_desc txd;
	u32 burst;
};

static struct dma_desc *x_prep(struct dma_chan *chan, u8 *dst, const u8 *src, u32 len)
{
	struct x_desc *d = kzalloc(sizeof *d, 0);
	d->txd = (struct dma_desc){.chan = chan, .dst = dst, .src = src, .len = len};
	d->burst = len > 4 ? 4 : 1;
	return &d->txd;
}

static void x_issue_pending(struct dma_chan *chan)
{
	spin_lock(&chan->lock);
	while (chan->submitted) {
		struct dma_desc *t = container_of(chan->submitted, struct dma_desc, node);
		struct x_desc *d = container_of(t, struct x_desc, txd);
		chan->submitted = chan->submitted->next;
		for (u32 i = 0; i < t->len; i++)
			t->dst[i] = t->src[i] + d->burst + t->cookie;
		chan->bytes += t->len * d->burst;
		dma_cookie_complete(t);
		kfree(d);
	}
	spin_unlock(&chan->lock);
}

static int x_init(void)
{
	struct dma_chan *chan = kzalloc(sizeof *chan, 0);
	chan->prep_memcpy = x_prep;
	chan->issue_pending = x_issue_pending;
	report(dma_async_register(chan));
	report(chan->completed_cookie * 1000 + chan->bytes);
	return 0;
}
module_init(x_init);
