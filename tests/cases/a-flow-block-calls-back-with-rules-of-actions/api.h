// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct flow_action_entry {
	int id;

	union {
		u32 mark;

		struct {
			u16 vid, proto;
		} vlan;
	};
};

struct flow_match {
	u32 dissector;
	const void *key, *mask;
};

struct flow_rule {
	struct flow_match match;
	unsigned num_entries;
	struct flow_action_entry entries[];
};

struct flow_cls_offload {
	int command;
	unsigned long cookie;
	struct flow_rule *rule;

	struct {
		u64 pkts, bytes;
	} stats;

	const char *msg;
};

typedef int flow_setup_cb_t(int type, void *type_data, void *cb_priv);

struct flow_block_cb {
	struct flow_block_cb *next;
	flow_setup_cb_t *cb;
	void *cb_ident, *cb_priv;
	void (*release)(void *cb_priv);
	unsigned refcnt;
};

struct flow_block_offload {
	int command, binder_type;
	struct flow_block_cb *cb_list;
};

struct net_device {
	int (*ndo_setup_tc)(struct net_device *dev, int type, void *type_data);
	void *priv;
};
struct flow_block_cb *flow_block_cb_alloc(
	flow_setup_cb_t *cb, void *ident, void *priv, void (*release)(void *));
void flow_block_cb_free(struct flow_block_cb *block_cb);
void register_netdev(struct net_device *dev);
