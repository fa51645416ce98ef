// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sk_buff {
	u32 len;
	u16 queue;
	u8 *data;
};

struct netdev_queue {
	u32 stopped, tx_bytes;
};

struct net_device {
	int (*xmit)(struct sk_buff *skb, struct net_device *dev);
	int (*poll)(struct net_device *dev, int budget);
	struct netdev_queue *_tx;
};

#define netdev_priv(dev) ((void *)((char *)(dev) + ((sizeof(*(dev)) + 31) & ~31UL)))

struct net_device *alloc_netdev_mq(size_t priv, u32 queues);
int register_netdev(struct net_device *dev);
void dev_consume_skb(struct sk_buff *skb);
