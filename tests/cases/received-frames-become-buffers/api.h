// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct knetdev;

struct kskb {
	struct kskb *next;
	struct knetdev *dev;
	u8 cb[24] __attribute__((aligned(8)));
	u32 len, data_len;
	u16 protocol, queue;
	unsigned ip_summed : 2, cloned : 1;
	u8 *head, *data;
	u32 tail, end;
	void (*destructor)(struct kskb *skb);
};

struct knapi {
	int (*poll)(struct knapi *n, int budget);
	struct knetdev *dev;
	u32 state, weight;
};

struct kstats {
	u64 rx_packets, tx_packets, rx_bytes, tx_bytes, rx_dropped, tx_errors;
};

struct knetdev_ops {
	int (*open)(struct knetdev *d);
	int (*stop)(struct knetdev *d);
	int (*xmit)(struct kskb *skb, struct knetdev *d);
	int (*set_mac)(struct knetdev *d, void *addr);
	void (*get_stats)(struct knetdev *d, struct kstats *to);
};

struct kethtool_ops {
	int (*get_sset_count)(struct knetdev *d, int set);
	void (*get_strings)(struct knetdev *d, u32 set, u8 *data);
	void (*get_stats)(struct knetdev *d, u64 *data);
	int (*get_eeprom)(struct knetdev *d, u32 offset, u32 len, u8 *to);
};

struct knetdev {
	char name[8];
	u8 dev_addr[6];
	u32 flags, mtu, needed_headroom, stopped;
	const struct knetdev_ops *ops;
	const struct kethtool_ops *ethtool;
	u32 num_queues;
	void (*priv_destructor)(struct knetdev *d);
	u8 priv[] __attribute__((aligned(16)));
};

struct ksockaddr {
	u16 family;
	u8 data[14];
};

struct knetdev *kalloc_netdev(size_t priv, u32 queues);
void kfree_netdev(struct knetdev *d);
int kregister_netdev(struct knetdev *d, int (*irq)(int n, void *data));
void kunregister_netdev(struct knetdev *d);
void knapi_add(struct knetdev *d, struct knapi *n, int (*poll)(struct knapi *n, int budget));
_Bool knapi_schedule(struct knapi *n);
_Bool knapi_done(struct knapi *n, int work);
struct kskb *kalloc_skb(struct knetdev *d, u32 size);
void *kskb_put(struct kskb *skb, u32 len);
void *kskb_push(struct kskb *skb, u32 len);
void kput_skb(struct kskb *skb);
void kreceive(struct knapi *n, struct kskb *skb);
u16 keth_type(struct kskb *skb, struct knetdev *d);
int snprintf(char *to, size_t size, const char *format, ...);

static inline void *knetdev_priv(struct knetdev *d)
{
	return d->priv;
}

static inline void kskb_reserve(struct kskb *skb, u32 len)
{
	skb->data += len;
	skb->tail += len;
}
