// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct knode;

struct kattr {
	const char *name;
	u16 mode;
};

struct kops {
	long (*show)(struct knode *k, struct kattr *attr, char *buf);
	long (*store)(struct knode *k, struct kattr *attr, const char *buf, size_t count);
};

struct ktype {
	void (*release)(struct knode *k);
	const struct kops *ops;
	struct kattr **attrs;
};

struct knode {
	char name[16];
	int refs;
	struct knode *parent, *child, *sibling;
	const struct ktype *type;
};

int knode_add(
	struct knode *k, const struct ktype *type, struct knode *parent, const char *format, ...);
struct knode *knode_get(struct knode *k);
void knode_put(struct knode *k);
