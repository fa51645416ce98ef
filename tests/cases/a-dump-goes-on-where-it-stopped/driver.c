// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { A_UNSPEC, A_ID, A_NAME, A_VALUE, A_LIST, A_MAX = A_LIST };

struct entry {
	u32 id, value;
	char name[8];
	struct entry *next;
};

static struct entry *entries;
static u32 pre_calls;

static struct entry *find(u32 id)
{
	for (struct entry *e = entries; e; e = e->next)
		if (e->id == id)
			return e;
	return NULL;
}

static int fill(struct sk_buff *skb, struct entry *e)
{
	int len = 0;

	while (e->name[len])
		len++;
	if (knla_put(skb, A_ID, sizeof(e->id), &e->id))
		return -90;
	if (knla_put(skb, A_NAME, len + 1, e->name))
		return -90;
	return knla_put(skb, A_VALUE, sizeof(u32), &e->value);
}

static int pre(const struct genl_ops *ops, struct genl_info *info)
{
	pre_calls++;
	if (ops->flags & 1) {
		if (!info->attrs[A_ID])
			return -22;
		info->user_ptr[0] = find(nla_get_u32(info->attrs[A_ID]));
		if (!info->user_ptr[0])
			return -2;
	}
	return 0;
}

static int do_new(struct sk_buff *skb, struct genl_info *info)
{
	struct entry *e, **at = &entries;
	const char *name;

	if (!info->attrs[A_ID] || !info->attrs[A_NAME])
		return -22;
	if (find(nla_get_u32(info->attrs[A_ID])))
		return -17;
	e = kzalloc(sizeof(*e), 0);
	e->id = nla_get_u32(info->attrs[A_ID]);
	name = nla_data(info->attrs[A_NAME]);
	for (int i = 0; i < 7 && i < nla_len(info->attrs[A_NAME]); i++)
		e->name[i] = name[i];
	if (info->attrs[A_VALUE])
		e->value = nla_get_u32(info->attrs[A_VALUE]);
	while (*at)
		at = &(*at)->next;
	*at = e;
	return 0;
}

static int do_get(struct sk_buff *skb, struct genl_info *info)
{
	struct entry *e = info->user_ptr[0];
	struct sk_buff *msg = knlmsg_new(40);
	struct nlattr *list;
	int err;

	if (!msg)
		return -12;
	err = fill(msg, e);
	if (!err) {
		list = knla_nest_start(msg, A_LIST);
		for (u32 i = 0; i < e->value % 4 && !err; i++)
			err = knla_put(msg, i + 1, sizeof(i), &i);
		list->nla_len = msg->data + msg->len - (u8 *)list;
	}
	if (err) {
		knlmsg_free(msg);
		return err;
	}
	return kgenl_reply(msg, info);
}

static int dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	long skip = cb->args[0], at = 0;

	for (struct entry *e = entries; e; e = e->next, at++) {
		if (at < skip)
			continue;
		if (fill(skb, e))
			break;
	}
	cb->args[0] = at;
	cb->args[1] += skb->len;
	return skb->len;
}

static const struct nla_policy policy[A_MAX + 1] = {
	[A_ID] = {3, 4}, [A_NAME] = {5, 8}, [A_VALUE] = {3, 4}};
static const struct genl_ops ops[] = {
	{1, 0, do_new, NULL},
	{2, 1, do_get, dump},
};
static struct genl_family family = {.name = "xfam",
	.maxattr = A_MAX,
	.n_ops = 2,
	.policy = policy,
	.ops = ops,
	.pre_doit = pre};

static int x_init(void)
{
	int err = kgenl_register(&family);

	report(family.id);
	report(pre_calls);
	return err;
}

module_init(x_init);
