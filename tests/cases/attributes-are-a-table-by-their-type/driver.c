// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { A_UNSPEC, A_INDEX, A_NAME, A_LIMITS, A_BLOB, A_MAX = A_BLOB };
enum { L_UNSPEC, L_LOW, L_HIGH, L_MAX = L_HIGH };

struct meter {
	char name[8];
	u32 low, high;
	u32 hits;
};

static struct meter meters[3];

static const struct nla_policy limits_policy[L_MAX + 1] = {
	[L_LOW] = {.type = NLA_U32}, [L_HIGH] = {.type = NLA_U32}};
static const struct nla_policy meter_policy[A_MAX + 1] = {
	[A_INDEX] = {.type = NLA_U32},
	[A_NAME] = {.type = NLA_NUL_STRING, .len = 7},
	[A_LIMITS] = {.type = NLA_NESTED, .nested_policy = limits_policy},
	[A_BLOB] = {.type = NLA_BINARY, .len = 12},
};

static int meter_pre_doit(const struct genl_ops *ops, struct sk_buff *skb, struct genl_info *info)
{
	u32 index;

	if (!info->attrs[A_INDEX])
		return -22;
	index = nla_get_u32(info->attrs[A_INDEX]);
	if (index >= 3)
		return -34;
	info->user_ptr[0] = &meters[index];
	meters[index].hits += ops->cmd;
	return 0;
}

static int meter_set(struct sk_buff *skb, struct genl_info *info)
{
	struct meter *meter = info->user_ptr[0];
	struct nlattr *tb[L_MAX + 1];
	int err;

	if (info->attrs[A_NAME])
		memcpy(meter->name, nla_data(info->attrs[A_NAME]), nla_len(info->attrs[A_NAME]));
	if (info->attrs[A_LIMITS]) {
		err = nla_parse_nested(tb, L_MAX, info->attrs[A_LIMITS], limits_policy);
		if (err)
			return err;
		if (tb[L_LOW])
			meter->low = nla_get_u32(tb[L_LOW]);
		if (tb[L_HIGH])
			meter->high = nla_get_u32(tb[L_HIGH]);
	}
	report(skb->len);
	report(meter->high - meter->low);
	return 0;
}

static int meter_get(struct sk_buff *skb, struct genl_info *info)
{
	struct meter *meter = info->user_ptr[0];
	struct sk_buff *msg = genlmsg_new(64);
	u32 values[3] = {meter->low, meter->high, meter->hits};

	if (!msg)
		return -12;
	if (nla_put(msg, A_NAME, sizeof(meter->name), meter->name) ||
		nla_put(msg, A_BLOB, sizeof(values), values)) {
		kfree(msg);
		return -90;
	}
	report(msg->len);
	return genlmsg_reply(msg, info);
}

static const struct genl_ops meter_ops[] = {{1, meter_get}, {5, meter_set}};
static struct genl_family meter_family = {.name = "meter", .maxattr = A_MAX,
	.policy = meter_policy, .pre_doit = meter_pre_doit, .ops = meter_ops, .n_ops = 2};

static int meter_init(void)
{
	int err = genl_register_family(&meter_family);

	report(meter_family.id);
	return err;
}

module_init(meter_init);
