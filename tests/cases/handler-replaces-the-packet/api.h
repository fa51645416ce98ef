// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct net_device;

struct sk_buff {
	struct net_device *dev;
	u32 len, mark;
	u8 *data;
	struct sk_buff *next;
};

enum rx_result { RX_CONSUMED, RX_ANOTHER, RX_EXACT, RX_PASS };

typedef enum rx_result (*rx_handler_t)(struct sk_buff **pskb);

struct net_device {
	int ifindex;
	u32 rx, dropped;
	rx_handler_t rx_handler;
	void *rx_handler_data;
};

struct net_device *dev_get_by_index(int index);
int rx_handler_register(struct net_device *dev, rx_handler_t handler, void *data);
void rx_handler_unregister(struct net_device *dev);
struct sk_buff *skb_copy(const struct sk_buff *skb);
void kfree_skb(struct sk_buff *skb);
