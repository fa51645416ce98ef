// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kgenl_family *known;

struct knlattr *knla_reserve(struct kgenl_info *info, u16 type, u16 length)
{
	struct knlattr *a = (struct knlattr *)&info->reply[info->replied];
	kernel_only();
	a->len = 4 + length;
	a->type = type;
	info->replied += (a->len + 3) / 4;
	return a;
}

int kgenl_inject(u32 cmd, const u32 *message, u32 words)
{
	struct knlattr *table[8] = {NULL};
	struct kgenl_info info = {cmd, table};
	int status;
	kernel_only();
	for (u32 i = 0; i < words;) {
		struct knlattr *a = (struct knlattr *)&message[i];
		const struct knla_policy *p = &known->policy[a->type];
		if (a->type > known->maxattr || a->len < 4 + p->minlen || a->len > 4 + p->maxlen) {
			known->rejected++;
			return -22;
		}
		table[a->type] = a;
		i += (a->len + 3) / 4;
	}
	status = known->doit(&info);
	return status < 0 ? status : (int)(status * 100000 + info.reply[1]);
}

void kgenl_register(struct kgenl_family *family)
{
	kernel_only();
	known = family;
}

int later(void)
{
	u32 message[5] = {8 | 1 << 16, 50, 10 | 2 << 16};

	kernel_only();
	memcpy(&message[3], "eth10", 6);
	return kgenl_inject(3, message, 5);
}
