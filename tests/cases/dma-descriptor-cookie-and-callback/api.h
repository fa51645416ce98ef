// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct llist_node {
	struct llist_node *next;
};

struct dma_desc {
	int cookie;
	struct dma_chan *chan;
	void (*callback)(void *param);
	void *callback_param;
	u8 *dst;
	const u8 *src;
	u32 len;
	struct llist_node node;
};

struct dma_chan {
	struct dma_desc *(*prep_memcpy)(struct dma_chan *chan, u8 *dst, const u8 *src, u32 len);
	void (*issue_pending)(struct dma_chan *chan);
	int last_cookie, completed_cookie, bytes;
	struct llist_node *submitted;
	spinlock_t lock;
};

int dma_async_register(struct dma_chan *chan);
int dmaengine_submit(struct dma_desc *desc);
void dma_cookie_complete(struct dma_desc *desc);
