// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct cls {
	char *name;
	const char *label;
	char fixed[12];
	int id;
	struct cls *next;
};

int cls_reg(struct cls *c, const char *prefix);
int cls_rename(struct cls *c, const char *to);
