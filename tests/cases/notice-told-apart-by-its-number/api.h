// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct netdev {
	int ifindex;
	u32 flags, mtu;
	struct netdev *upper;
	char name[16];
};

struct note_info {
	struct netdev *dev;
	const char *reason;
};

struct note_mtu {
	struct note_info info;
	u32 mtu;
};

struct note_upper {
	struct note_info info;
	struct netdev *upper;
	_Bool linking;
	u32 allowed;
};

enum { NOTE_UP = 1, NOTE_MTU = 7, NOTE_UPPER = 21 };

struct notifier {
	int (*call)(struct notifier *n, unsigned long event, void *data);
	struct notifier *next;
	int priority;
};

int note_register(struct notifier *n);
u32 netdev_lower_count(const struct netdev *upper);
