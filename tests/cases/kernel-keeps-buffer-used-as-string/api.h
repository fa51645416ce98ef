// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ent {
	const char *name;
	int (*cb)(void);
};
struct ent *kreg(const char *name, int (*cb)(void));
void kren(struct ent *e, const char *to);
