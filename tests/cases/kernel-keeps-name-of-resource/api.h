// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct res {
	u32 start, len;
	struct res *sibling;
	const char *name;
};
struct res *res_request(u32 start, u32 len, const char *name);
void res_release(struct res *r);
int kcount(void);
