// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum dma_status { DMA_COMPLETE, DMA_IN_PROGRESS, DMA_ERROR };

struct dma_chan;

struct scatterlist {
	void *address;
	unsigned length;
	unsigned flags;
};

struct dmaengine_result {
	enum dma_status result;
	u32 residue;
};

struct dma_async_tx_descriptor {
	int cookie;
	struct dma_chan *chan;
	int (*tx_submit)(struct dma_async_tx_descriptor *tx);
	void (*callback_result)(void *param, const struct dmaengine_result *result);
	void *callback_param;
};

struct dma_tx_state {
	int last, used;
	u32 residue;
};

struct dma_device {
	struct list_head channels;
	struct dma_async_tx_descriptor *(*device_prep_slave_sg)(
		struct dma_chan *chan, struct scatterlist *sgl, unsigned sg_len);
	void (*device_issue_pending)(struct dma_chan *chan);
	enum dma_status (*device_tx_status)(
		struct dma_chan *chan, int cookie, struct dma_tx_state *state);
};

struct dma_chan {
	struct dma_device *device;
	int cookie, completed_cookie;
	struct list_head device_node;
};

int dma_async_device_register(struct dma_device *device);
int request_irq(unsigned irq, int (*handler)(int irq, void *data), void *data);

static inline struct scatterlist *sg_next(struct scatterlist *sg)
{
	return sg->flags & 2 ? NULL : sg + 1;
}

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list->prev = list;
}

static inline void list_add_tail(struct list_head *entry, struct list_head *head)
{
	entry->next = head;
	entry->prev = head->prev;
	head->prev->next = entry;
	head->prev = entry;
}

static inline void list_del(struct list_head *entry)
{
	entry->prev->next = entry->next;
	entry->next->prev = entry->prev;
}
