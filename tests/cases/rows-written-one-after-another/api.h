// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kdevice;

struct kops {
	void (*names)(struct kdevice *d, u8 *to);
	void (*marks)(struct kdevice *d, u8 *to);
	void (*values)(struct kdevice *d, u64 *to);
	void (*pairs)(struct kdevice *d, u64 *to);
};

struct kdevice {
	const struct kops *ops;
	u32 queues;
};

int kregister(struct kdevice *d);
int snprintf(char *to, size_t size, const char *format, ...);
