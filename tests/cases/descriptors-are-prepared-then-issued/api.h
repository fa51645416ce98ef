// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kdma_chan;
struct kdma_device;
struct kmeta;

typedef int kcookie_t;

struct kdma_result {
	int result;
	u32 residue;
};

struct kdma_desc {
	kcookie_t cookie;
	u32 flags, phys;
	struct kdma_chan *chan;
	kcookie_t (*submit)(struct kdma_desc *d);
	int (*desc_free)(struct kdma_desc *d);
	void (*callback_result)(void *param, const struct kdma_result *r);
	void *callback_param;
	struct kmeta *meta;
};

struct kmeta {
	void *ptr;
	u32 len;
};

struct kdma_sg {
	u32 dma_addr, len;
};

struct kslave_config {
	u32 direction, src_addr, dst_addr, maxburst;
	void *peripheral_config;
	size_t peripheral_size;
};

struct kdma_state {
	kcookie_t last, used;
	u32 residue, in_flight;
};

struct kdma_chan {
	struct kdma_device *device;
	kcookie_t cookie, completed;
	u32 id, client_count;
	struct list_head device_node;
	void *private;
	char name[8];
};

struct kdma_device {
	struct list_head channels;
	u32 chancnt;
	u64 cap_mask;
	u16 max_burst;
	u8 *memory;
	int (*alloc_chan)(struct kdma_chan *c);
	void (*free_chan)(struct kdma_chan *c);
	struct kdma_desc *(*prep_sg)(struct kdma_chan *c, struct kdma_sg *sg, u32 n, u32 direction,
		unsigned long flags);
	struct kdma_desc *(*prep_cyclic)(struct kdma_chan *c, u32 buf, size_t len, size_t period);
	int (*config)(struct kdma_chan *c, struct kslave_config *cfg);
	int (*terminate)(struct kdma_chan *c);
	int (*tx_status)(struct kdma_chan *c, kcookie_t cookie, struct kdma_state *s);
	void (*issue)(struct kdma_chan *c);
	int (*filter)(struct kdma_chan *c, void *param);
	void (*release)(struct kdma_device *d);
};

int kdma_register(struct kdma_device *d);
int kdma_irq(void (*irq)(void *data), void *data);
kcookie_t kcookie_assign(struct kdma_desc *d);
void kcookie_complete(struct kdma_desc *d);
int kcookie_status(struct kdma_chan *c, kcookie_t cookie, struct kdma_state *s);

static inline void kqueue_init(struct list_head *l)
{
	l->next = l->prev = l;
}

static inline void kqueue_add_tail(struct list_head *new, struct list_head *head)
{
	new->next = head;
	new->prev = head->prev;
	head->prev->next = new;
	head->prev = new;
}

static inline void kqueue_del(struct list_head *e)
{
	e->next->prev = e->prev;
	e->prev->next = e->next;
}

static inline int kqueue_empty(const struct list_head *l)
{
	return l->next == l;
}
