// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kwait_head {
	spinlock_t lock;
	struct list_head head;
};

struct kwait_entry {
	int (*wake)(struct kwait_entry *entry, void *key);
	struct list_head entry;
};

struct kevent {
	u32 count;
	struct kwait_head wait;
};

struct kevent_key {
	u32 events, taken;
};

struct kevent *kevent_get(int fd);
void kwait_add(struct kwait_head *head, struct kwait_entry *entry);
int kevent_signal(struct kevent *event, u32 n);
