// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { NLA_UNSPEC, NLA_U8, NLA_U32, NLA_NUL_STRING, NLA_NESTED, NLA_BINARY };

struct nlattr {
	u16 nla_len;
	u16 nla_type;
};

struct nla_policy {
	u8 type;
	u16 len;
	const struct nla_policy *nested_policy;
};

struct sk_buff {
	unsigned len, size;
	u8 *data;
};

struct genl_info {
	u32 snd_seq;
	u32 snd_portid;
	struct nlattr **attrs;
	void *user_ptr[2];
};

struct genl_family;

struct genl_ops {
	u8 cmd;
	int (*doit)(struct sk_buff *skb, struct genl_info *info);
};

struct genl_family {
	int id;
	char name[16];
	unsigned maxattr;
	const struct nla_policy *policy;
	int (*pre_doit)(const struct genl_ops *ops, struct sk_buff *skb, struct genl_info *info);
	const struct genl_ops *ops;
	unsigned n_ops;
};

static inline void *nla_data(const struct nlattr *nla)
{
	return (char *)nla + sizeof(struct nlattr);
}

static inline u32 nla_get_u32(const struct nlattr *nla)
{
	return *(u32 *)nla_data(nla);
}

static inline int nla_len(const struct nlattr *nla)
{
	return nla->nla_len - sizeof(struct nlattr);
}

int genl_register_family(struct genl_family *family);
struct sk_buff *genlmsg_new(unsigned size);
int genlmsg_reply(struct sk_buff *skb, struct genl_info *info);
int nla_put(struct sk_buff *skb, int type, int len, const void *data);
int nla_parse_nested(struct nlattr **tb, int maxtype, const struct nlattr *nla,
	const struct nla_policy *policy);
