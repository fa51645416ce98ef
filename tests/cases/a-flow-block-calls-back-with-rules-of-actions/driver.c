// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ports {
	u16 src, dst;
};

struct rule {
	struct rule *next;
	unsigned long cookie;
	u32 hash, hits;
};

struct nic {
	struct rule *rules;
	int bound;
};

static int nic_replace(struct nic *nic, struct flow_cls_offload *cls)
{
	const struct ports *key = cls->rule->match.key, *mask = cls->rule->match.mask;
	struct rule *rule;
	cls->msg = cls->rule->match.dissector & 2 ? NULL : "ports only";
	if (cls->msg)
		return -95;
	rule = kzalloc(sizeof(*rule), 0);
	*rule = (struct rule){
		nic->rules, cls->cookie, (key->src & mask->src) * 10 + (key->dst & mask->dst), 0};
	for (unsigned i = 0; i < cls->rule->num_entries; i++) {
		struct flow_action_entry *act = &cls->rule->entries[i];
		rule->hits += act->id == 1 ? act->mark : act->vlan.vid + act->vlan.proto;
	}
	nic->rules = rule;
	return 0;
}

static int nic_block_cb(int type, void *type_data, void *cb_priv)
{
	struct flow_cls_offload *cls = type_data;
	struct nic *nic = cb_priv;
	if (type != 2)
		return -95;
	if (cls->command == 0)
		return nic_replace(nic, cls);
	for (struct rule **at = &nic->rules, *rule; (rule = *at); at = &rule->next) {
		if (rule->cookie != cls->cookie)
			continue;
		cls->stats.pkts += rule->hits;
		cls->stats.bytes += rule->hash;
		*at = rule->next;
		kfree(rule);
		return 0;
	}
	return -2;
}

static void nic_release(void *cb_priv)
{
	report(--((struct nic *)cb_priv)->bound);
}

static int nic_setup_tc(struct net_device *dev, int type, void *type_data)
{
	struct flow_block_offload *f = type_data;
	struct flow_block_cb *block_cb = f->cb_list;
	if (type != 7 || f->binder_type != 1)
		return -95;
	if (f->command == 0) {
		f->cb_list = block_cb =
			flow_block_cb_alloc(nic_block_cb, dev, dev->priv, nic_release);
		((struct nic *)dev->priv)->bound += ++block_cb->refcnt;
	} else if (block_cb->cb_ident == dev && !--block_cb->refcnt) {
		f->cb_list = block_cb->next;
		flow_block_cb_free(block_cb);
	}
	return 0;
}

static int nic_init(void)
{
	static struct net_device dev = {nic_setup_tc};
	struct nic *nic = dev.priv = kzalloc(sizeof(*nic), 0);
	register_netdev(&dev);
	report(nic->bound * 100000 + nic->rules->hash * 10 + (nic->rules->next == NULL));
	report(nic->rules->hits);
	return 0;
}

module_init(nic_init);
