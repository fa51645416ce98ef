// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct notifier {
	int (*call)(struct notifier *notifier, u64 event, void *data);
	struct notifier *next;
	int priority;
};

struct change {
	u32 old, new;
};

int knotify_add(struct notifier *notifier);
int knotify_del(struct notifier *notifier);
int knotify(u64 event);
