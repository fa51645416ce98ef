// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct net_device *eth;
static struct flow_block_offload block = {.binder_type = 2};

struct flow_block_cb *flow_block_cb_alloc(
	flow_setup_cb_t *cb, void *ident, void *priv, void (*release)(void *))
{
	struct flow_block_cb *block_cb = kzalloc(sizeof(*block_cb), 0);
	kernel_only();
	*block_cb = (struct flow_block_cb){NULL, cb, ident, priv, release};
	return block_cb;
}

void flow_block_cb_free(struct flow_block_cb *block_cb)
{
	kernel_only();
	block_cb->release(block_cb->cb_priv);
	kfree(block_cb);
}

static int classify(struct flow_cls_offload *cls, int type)
{
	return block.cb_list->cb(type, cls, block.cb_list->cb_priv);
}

void register_netdev(struct net_device *dev)
{
	static const u16 key[2] = {0x1234, 80}, mask[2] = {0xf, 0xffff};
	struct flow_rule *rule = kzalloc(sizeof(*rule) + 2 * sizeof(rule->entries[0]), 0);
	static struct flow_cls_offload cls = {.cookie = 99};
	int err;
	kernel_only();
	eth = dev;
	report(dev->ndo_setup_tc(dev, 7, &block));
	block.binder_type = 1;
	report(dev->ndo_setup_tc(dev, 7, &block));
	*rule = (struct flow_rule){{1, key, mask}, 2};
	cls.rule = rule;
	rule->entries[0] = (struct flow_action_entry){.id = 1, .mark = 70000};
	rule->entries[1] = (struct flow_action_entry){.id = 2, .vlan = {5, 600}};
	err = classify(&cls, 2), report(err * 1000 - cls.msg[0]);
	rule->match.dissector = 3;
	err = classify(&cls, 2), report(err + classify(&cls, 3));
	kfree(rule);
	cls.rule = NULL;
}

int later(void)
{
	static struct flow_cls_offload cls = {.command = 1, .cookie = 99, .stats = {1000000, 5}};
	int err = classify(&cls, 2);
	report(err + cls.stats.pkts);
	err = classify(&cls, 2), report(err * 1000 + cls.stats.bytes);
	block.command = 1;
	return eth->ndo_setup_tc(eth, 7, &block);
}
