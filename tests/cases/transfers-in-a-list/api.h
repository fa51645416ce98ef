// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct transfer {
	const void *tx;
	void *rx;
	u32 len;
	struct list_head list;
	u32 speed;
};

struct message {
	struct list_head transfers;
	void (*complete)(void *context);
	void *context;
	int status;
	u32 actual;
};
struct ctrl;

struct spi {
	struct ctrl *ctrl;
	u32 mode;
};

int spi_async(struct spi *s, struct message *m);
int spi_sync(struct spi *s, struct message *m);
struct spi *spi_find(int n);

static inline void list_init(struct list_head *l)
{
	l->next = l->prev = l;
}

static inline void list_add_tail(struct list_head *n, struct list_head *h)
{
	n->next = h;
	n->prev = h->prev;
	h->prev->next = n;
	h->prev = n;
}
