// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nlattr {
	u16 nla_len, nla_type;
};

struct sk_buff {
	u32 len, size;
	u8 *data;
};

struct genl_info {
	u32 seq, portid;
	struct nlattr **attrs;
	void *user_ptr[2];
};

struct netlink_callback {
	struct sk_buff *skb;
	long args[4];
	int (*done)(struct netlink_callback *cb);
};

struct nla_policy {
	u8 type;
	u16 len;
};

struct genl_ops {
	u8 cmd, flags;
	int (*doit)(struct sk_buff *skb, struct genl_info *info);
	int (*dumpit)(struct sk_buff *skb, struct netlink_callback *cb);
};

struct genl_family {
	int id;
	char name[16];
	u32 maxattr, n_ops;
	const struct nla_policy *policy;
	const struct genl_ops *ops;
	int (*pre_doit)(const struct genl_ops *ops, struct genl_info *info);
};

static inline void *nla_data(const struct nlattr *nla)
{
	return (char *)nla + sizeof(*nla);
}

static inline int nla_len(const struct nlattr *nla)
{
	return nla->nla_len - (int)sizeof(*nla);
}

static inline u32 nla_get_u32(const struct nlattr *nla)
{
	return *(u32 *)nla_data(nla);
}

int kgenl_register(struct genl_family *family);
struct sk_buff *knlmsg_new(size_t payload);
int knla_put(struct sk_buff *skb, int type, int len, const void *data);
struct nlattr *knla_nest_start(struct sk_buff *skb, int type);
int kgenl_reply(struct sk_buff *skb, struct genl_info *info);
void knlmsg_free(struct sk_buff *skb);
