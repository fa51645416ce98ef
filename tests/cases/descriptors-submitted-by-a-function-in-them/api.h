// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dma_chan;
struct tx_desc;

struct tx_desc {
	int cookie;
	u32 flags;
	struct dma_chan *chan;
	int (*submit)(struct tx_desc *tx);
	void (*callback)(void *param);
	void *param;
};

struct dma_chan {
	struct dma_device *device;
	int cookie, completed;
	int id;
	struct list_head node;
};

struct dma_device {
	u32 chancnt;
	struct list_head channels;
	int (*alloc_chan)(struct dma_chan *c);
	struct tx_desc *(*prep_copy)(struct dma_chan *c, u64 dst, u64 src, size_t len, u32 flags);
	void (*issue)(struct dma_chan *c);
	int (*status)(struct dma_chan *c, int cookie, u32 *residue);
};

int dma_register(struct dma_device *d);
void dma_irq(void (*handler)(void *data), void *data);

static inline void list_init(struct list_head *l)
{
	l->next = l->prev = l;
}

static inline void list_add_tail(struct list_head *n, struct list_head *head)
{
	n->next = head;
	n->prev = head->prev;
	head->prev->next = n;
	head->prev = n;
}

static inline void list_del(struct list_head *n)
{
	n->prev->next = n->next;
	n->next->prev = n->prev;
}
