// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ctrl;
struct ctrl_handler;

union ctrl_ptr {
	int *s32;
	long *s64;
	char *chars;
};

struct ctrl_ops {
	int (*g_volatile)(struct ctrl *c);
	int (*try_ctrl)(struct ctrl *c);
	int (*s_ctrl)(struct ctrl *c);
};

struct ctrl {
	struct ctrl_handler *handler;
	const struct ctrl_ops *ops;
	u32 id;
	int minimum, maximum, val, cur;
	u32 is_new : 1, is_volatile : 1, has_changed : 1;
	struct ctrl **cluster;
	u32 ncontrols;
	struct ctrl *next;
};

struct ctrl_handler {
	struct ctrl *first;
	u32 count;
	int error;
};

void ctrl_handler_init(struct ctrl_handler *h);
struct ctrl *ctrl_new(
	struct ctrl_handler *h, const struct ctrl_ops *ops, u32 id, int min, int max, int def);
void ctrl_cluster(u32 n, struct ctrl **controls);
int ctrl_setup(struct ctrl_handler *h);
void ctrl_publish(struct ctrl_handler *h);
