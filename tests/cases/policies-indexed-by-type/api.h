// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct attr {
	u16 len, type;
	u8 data[8];
};

struct policy {
	u16 type, len;
};

struct info {
	u32 seq;
	struct attr **attrs;
	void *user[2];
};

struct ops {
	u8 cmd;
	int (*doit)(struct info *i);
};

struct family {
	const char *name;
	u32 maxattr;
	const struct policy *policy;
	const struct ops *ops;
	u32 n;
	int id;
};

int family_register(struct family *f);
