// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct knlattr {
	u16 len, type;
};

struct knla_policy {
	u16 minlen, maxlen;
};

struct kgenl_info {
	u32 cmd;
	struct knlattr **attrs;
	u32 reply[16], replied;
};

struct kgenl_family {
	u32 maxattr;
	const struct knla_policy *policy;
	int (*doit)(struct kgenl_info *info);
	u32 rejected;
};

static inline void *knla_data(const struct knlattr *a)
{
	return (char *)a + sizeof *a;
}

void kgenl_register(struct kgenl_family *family);
int kgenl_inject(u32 cmd, const u32 *message, u32 words);
struct knlattr *knla_reserve(struct kgenl_info *info, u16 type, u16 length);
size_t strlen(const char *string);
