// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct obj {
	int id;
	struct obj *link[3];
	int n;
	void (*visit)(struct obj *o, int depth);
};

void kroot(struct obj *o);
void kwalk(int depth);
struct obj *kfind(int id);
