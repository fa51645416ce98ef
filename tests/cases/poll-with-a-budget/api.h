// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct net_device;

struct sk_buff {
	struct net_device *dev;
	u32 len, tail, end;
	u8 *head;
	u16 protocol;
	struct sk_buff *next;
};

struct napi {
	struct napi *next;
	unsigned long state;
	int weight, (*poll)(struct napi *n, int budget);
	struct net_device *dev;
};

struct net_device {
	u32 rx_packets, rx_bytes;
	struct napi *napis;
	void *priv;
};

struct net_device *alloc_etherdev(size_t priv);
void napi_add(struct net_device *dev, struct napi *n, int (*poll)(struct napi *n, int budget),
	int weight);
_Bool napi_schedule(struct napi *n);
_Bool napi_complete(struct napi *n, int done);
struct sk_buff *napi_alloc_skb(struct napi *n, u32 length);
void *skb_put(struct sk_buff *skb, u32 len);
int napi_receive(struct napi *n, struct sk_buff *skb);
int request_irq(int irq, int (*handler)(int irq, void *data), void *data);
