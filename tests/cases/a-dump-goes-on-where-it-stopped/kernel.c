// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct genl_family *the_family;
static u32 replies;

int kgenl_register(struct genl_family *family)
{
	kernel_only();
	family->id = 27;
	the_family = family;
	return family->name[0] ? 0 : -22;
}

struct sk_buff *knlmsg_new(size_t payload)
{
	struct sk_buff *skb = kzalloc(sizeof(*skb), 0);

	kernel_only();
	skb->size = payload;
	skb->data = kzalloc(payload, 0);
	return skb;
}

void knlmsg_free(struct sk_buff *skb)
{
	kernel_only();
	kfree(skb->data);
	kfree(skb);
}

int knla_put(struct sk_buff *skb, int type, int len, const void *data)
{
	struct nlattr *nla = (struct nlattr *)(skb->data + skb->len);

	kernel_only();
	if (skb->len + sizeof(*nla) + (len + 3 & ~3) > skb->size)
		return -90;
	nla->nla_type = type;
	nla->nla_len = sizeof(*nla) + len;
	memcpy(nla_data(nla), data, len);
	skb->len += sizeof(*nla) + (len + 3 & ~3);
	return 0;
}

struct nlattr *knla_nest_start(struct sk_buff *skb, int type)
{
	struct nlattr *nla = (struct nlattr *)(skb->data + skb->len);

	kernel_only();
	nla->nla_type = type | 0x8000;
	nla->nla_len = 0;
	skb->len += sizeof(*nla);
	return nla;
}

static long sum(struct sk_buff *skb)
{
	long sum = skb->len;

	for (u32 i = 0; i < skb->len; i++)
		sum = (sum * 3 + skb->data[i]) % 1000003;
	return sum;
}

int kgenl_reply(struct sk_buff *skb, struct genl_info *info)
{
	kernel_only();
	report(sum(skb));
	replies += info->seq;
	kfree(skb->data);
	kfree(skb);
	return 0;
}

static int request(u8 cmd, struct sk_buff *skb)
{
	struct nlattr *attrs[8] = {NULL};
	struct genl_info info = {.seq = cmd * 3, .portid = 9, .attrs = attrs};
	int err = -95;

	for (u32 at = 0; at + 4 <= skb->len;) {
		struct nlattr *nla = (struct nlattr *)(skb->data + at);

		if (nla->nla_type <= the_family->maxattr) {
			u16 most = the_family->policy[nla->nla_type].len;

			if (most && nla_len(nla) > most) {
				err = -34;
				goto out;
			}
			attrs[nla->nla_type] = nla;
		}
		at += nla->nla_len + 3 & ~3;
	}
	for (u32 i = 0; i < the_family->n_ops; i++)
		if (the_family->ops[i].cmd == cmd) {
			err = the_family->pre_doit(&the_family->ops[i], &info);
			if (!err)
				err = the_family->ops[i].doit(skb, &info);
			break;
		}
out:
	knlmsg_free(skb);
	return err;
}

static struct sk_buff *message(u32 id, const char *name, u32 value)
{
	struct sk_buff *skb = knlmsg_new(64);
	int len = 0;

	while (name && name[len])
		len++;
	knla_put(skb, 1, 4, &id);
	if (name)
		knla_put(skb, 2, len + 1, name);
	if (value)
		knla_put(skb, 3, 4, &value);
	return skb;
}

int later(void)
{
	struct netlink_callback cb = {NULL};
	int more;

	report(request(1, message(4, "four", 2)));
	report(request(1, message(5, "five", 0)));
	report(request(1, message(5, "other", 1)));
	report(request(1, message(6, "a name that is long", 1)));
	report(request(1, message(7, "seven", 77)));
	report(request(1, message(8, NULL, 0)));
	report(request(2, message(4, NULL, 0)));
	report(request(2, message(7, NULL, 0)));
	report(request(2, message(9, NULL, 0)));
	report(request(3, message(9, NULL, 0)));
	do {
		struct sk_buff *skb = knlmsg_new(60);

		cb.skb = skb;
		more = the_family->ops[1].dumpit(skb, &cb);
		report(sum(skb));
		report(cb.args[0]);
		knlmsg_free(skb);
	} while (more > 0);
	report(cb.args[1]);
	return replies;
}
