// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct genl_family *family;
static struct sk_buff *answer;

int genl_register_family(struct genl_family *f)
{
	kernel_only();
	f->id = 16 + f->n_ops;
	family = f;
	return 0;
}

struct sk_buff *genlmsg_new(unsigned size)
{
	struct sk_buff *skb = kzalloc(sizeof(*skb) + size, 0);

	kernel_only();
	skb->data = (u8 *)(skb + 1);
	skb->size = size;
	return skb;
}

int genlmsg_reply(struct sk_buff *skb, struct genl_info *info)
{
	kernel_only();
	answer = skb;
	return info->snd_portid;
}

int nla_put(struct sk_buff *skb, int type, int len, const void *data)
{
	struct nlattr *nla = (struct nlattr *)(skb->data + skb->len);

	kernel_only();
	if (skb->len + sizeof(*nla) + len > skb->size)
		return -90;
	nla->nla_type = type;
	nla->nla_len = sizeof(*nla) + len;
	memcpy(nla_data(nla), data, len);
	skb->len += (sizeof(*nla) + len + 3) & ~3U;
	return 0;
}

static int parse(struct nlattr **tb, unsigned max, u8 *data, int len, const struct nla_policy *policy)
{
	memset(tb, 0, (max + 1) * sizeof(*tb));
	for (int at = 0; at < len;) {
		struct nlattr *nla = (struct nlattr *)(data + at);
		const struct nla_policy *p = &policy[nla->nla_type];

		if (nla->nla_type > max)
			return -95;
		if (p->len && nla_len(nla) > p->len)
			return -34;
		if (p->type == NLA_U32 && nla_len(nla) != 4)
			return -22;
		tb[nla->nla_type] = nla;
		at += (nla->nla_len + 3) & ~3;
	}
	return 0;
}

int nla_parse_nested(struct nlattr **tb, int maxtype, const struct nlattr *nla,
	const struct nla_policy *policy)
{
	kernel_only();
	return parse(tb, maxtype, nla_data(nla), nla_len(nla), policy);
}

static int receive(struct sk_buff *skb, u8 cmd)
{
	struct nlattr *tb[8] = {NULL};
	struct genl_info info = {.snd_portid = 4321, .attrs = tb};
	int err = parse(tb, family->maxattr, skb->data, skb->len, family->policy);

	for (unsigned i = 0; !err && i < family->n_ops; i++) {
		if (family->ops[i].cmd != cmd)
			continue;
		err = family->pre_doit(&family->ops[i], skb, &info);
		return err ? err : family->ops[i].doit(skb, &info);
	}
	return err ? err : -95;
}

int later(void)
{
	struct sk_buff *msg = genlmsg_new(96), *limits = genlmsg_new(32), *bad = genlmsg_new(32);
	u32 index = 2, low = 15, high = 99;

	nla_put(limits, 1, 4, &low);
	nla_put(limits, 2, 4, &high);
	nla_put(msg, 1, 4, &index);
	nla_put(msg, 2, 5, "flow");
	nla_put(msg, 3, limits->len, limits->data);
	report(receive(msg, 5));
	report(receive(msg, 9));
	report(receive(msg, 1));
	report(answer->data[4] << 8 | answer->data[7]);
	report(((u32 *)(answer->data + 16))[1] * 100 + ((u32 *)(answer->data + 16))[2]);
	index = 3;
	nla_put(bad, 1, 4, &index);
	report(receive(bad, 1));
	nla_put(bad, 2, 9, "too long");
	report(receive(bad, 1));
	kfree(answer);
	kfree(bad);
	kfree(limits);
	kfree(msg);
	return family->name[4];
}
