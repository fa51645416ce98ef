// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kctrl_handler;

struct kctrl {
	struct kctrl *next, **cluster;
	struct kctrl_handler *handler;
	int (*set)(struct kctrl *master);
	int id, value, current;
	u32 ncluster;
	u32 is_new : 1, is_volatile : 1;
};

struct kctrl_handler {
	struct mutex lock;
	struct kctrl *first;
	int error, tries;
};
struct kctrl *kctrl_new(
	struct kctrl_handler *h, int (*set)(struct kctrl *master), int id, int value);
void kctrl_cluster(u32 n, struct kctrl **controls);
int kctrl_set(struct kctrl_handler *h, int id, int value);
