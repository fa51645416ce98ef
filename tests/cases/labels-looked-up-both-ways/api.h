// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct node {
	const char *label, *mode;
	u32 rate;
};

struct out_ops {
	int (*name_of)(u32 line, const char **name);
};

struct node *find_node(u32 number);
int node_read_string(const struct node *n, u32 which, const char **text);
int outputs_register(const struct out_ops *ops);
