// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dma_chan *only;
static u32 done;

int dmaengine_submit(struct dma_desc *desc)
{
	kernel_only();
	spin_lock(&desc->chan->lock);
	desc->cookie = ++desc->chan->last_cookie;
	desc->node.next = desc->chan->submitted;
	desc->chan->submitted = &desc->node;
	spin_unlock(&desc->chan->lock);
	return desc->cookie;
}

void dma_cookie_complete(struct dma_desc *desc)
{
	kernel_only();
	desc->chan->completed_cookie = desc->cookie;
	desc->callback(desc->callback_param);
}

static void finished(void *param)
{
	*(u32 *)param = *(u32 *)param * 3 + only->bytes;
}

static int copy(u8 *dst, const u8 *src, u32 len)
{
	struct dma_desc *d = only->prep_memcpy(only, dst, src, len);
	d->callback = finished;
	d->callback_param = &done;
	return dmaengine_submit(d);
}

int dma_async_register(struct dma_chan *chan)
{
	u8 a[6] = {1, 2, 3, 4, 5, 6}, b[6] = {}, c[3] = {};
	int sum;
	kernel_only();
	only = chan;
	sum = copy(b, a, 6) + copy(c, a + 2, 3);
	chan->issue_pending(chan);
	return sum * 100000 + b[5] * 100 + c[0] * 10 + done;
}
