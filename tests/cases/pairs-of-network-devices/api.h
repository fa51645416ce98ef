// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nd;

struct pkt {
	struct pkt *next;
	struct nd *dev;
	u32 len;
	u32 mark;
	u8 *head, *data;
};

struct stats64 {
	u64 rx_packets, rx_bytes, tx_packets, tx_bytes, dropped;
};

struct attr {
	u16 len, type;
	u32 value;
};

struct nd_ops {
	int (*open)(struct nd *d);
	int (*close)(struct nd *d);
	int (*xmit)(struct pkt *p, struct nd *d);
	void (*stats)(struct nd *d, struct stats64 *s);
	int (*iflink)(const struct nd *d);
};

struct string_ops {
	int (*count)(struct nd *d);
	void (*strings)(struct nd *d, u8 *buf);
	void (*values)(struct nd *d, u64 *data);
};

struct link_ops {
	const char *kind;
	size_t priv_size;
	void (*setup)(struct nd *d);
	int (*validate)(struct attr *tb[]);
	int (*newlink)(struct nd *d, struct attr *tb[]);
	void (*dellink)(struct nd *d, struct list_head *head);
	struct nd *(*peer)(const struct nd *d);
};

struct nd {
	char name[12];
	const struct nd_ops *ops;
	const struct string_ops *strings;
	const struct link_ops *link;
	u32 flags, mtu, index;
	u64 features;
	u8 addr[6];
	_Bool carrier, registered;
	struct list_head unreg;
	u64 dropped;
};

#define CARRIER 2
#define UP 1

struct nd *link_create(const char *name, const struct link_ops *ops, struct attr *tb[]);
int nd_register(struct nd *d);
void nd_unregister_queue(struct nd *d, struct list_head *head);
int link_ops_register(struct link_ops *ops);
int forward_pkt(struct nd *d, struct pkt *p);
void free_pkt(struct pkt *p);
void carrier_on(struct nd *d);
void carrier_off(struct nd *d);

static inline void *nd_priv(const struct nd *d)
{
	return (char *)d + ((sizeof(struct nd) + 31) & ~31ul);
}
