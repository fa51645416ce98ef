// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kcred {
	u32 uid;
	char *security;
};

struct kfile {
	struct kcred *cred;
	u32 mode, audit;
};

struct khook {
	struct khook *next;
	struct khook **head;

	union {
		int (*file_open)(struct kfile *file);
		int (*setuid)(struct kcred *cred, u32 uid);
	} hook;
};

struct khook_heads {
	struct khook *file_open, *setuid;
};
extern struct khook_heads khook_heads;
#define KHOOK(name, function)                                                                      \
	{                                                                                          \
		.head = &khook_heads.name, .hook.name = function                                   \
	}
int kreserve_blob(int size);
void khooks_add(struct khook *hooks, int n);
int kopen(u32 uid, u32 mode);
