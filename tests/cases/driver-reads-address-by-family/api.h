// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sa {
	u16 family;
	u8 data[14];
};

struct sa_in {
	u16 family;
	u16 port;
	u32 addr;
	u8 zero[8];
};

struct sa_vm {
	u16 family;
	u16 flags;
	u32 cid;
	u64 port;
};

struct proto {
	int (*connect)(struct proto *p, struct sa *s, int len);
	int (*name)(struct proto *p, struct sa *s);
};

int kproto(struct proto *p);
