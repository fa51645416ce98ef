// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct can_frame {
	u32 can_id;
	u8 len;
	u8 data[8];
};

struct net_device;

struct sk_buff {
	struct sk_buff *next;
	struct net_device *dev;
	u32 len;
	u8 *data;
	u8 pkt_type;
};

struct can_stats {
	u32 rx, tx, bytes, errors;
};

struct net_device {
	int (*start_xmit)(struct sk_buff *skb, struct net_device *dev);
	struct can_stats stats;
	u32 flags;
	int state;
	struct sk_buff *echo[4];
	void *priv;
};

struct net_device *alloc_candev(size_t priv);
int register_candev(struct net_device *dev, int (*irq)(int bits, void *dev_id));
int can_put_echo_skb(struct sk_buff *skb, struct net_device *dev, u32 index);
u32 can_get_echo_skb(struct net_device *dev, u32 index);
struct sk_buff *alloc_can_err_skb(struct net_device *dev, struct can_frame **cf);
int netif_rx(struct sk_buff *skb);
void kfree_skb(struct sk_buff *skb);
