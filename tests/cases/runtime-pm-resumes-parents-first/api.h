// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kdevice {
	struct kdevice *parent;
	int (*resume)(struct kdevice *dev);
	int (*suspend)(struct kdevice *dev);
	int usage, children;
	u32 active;
};

void kdevice_add(struct kdevice *dev, struct kdevice *parent);
int kpm_get(struct kdevice *dev);
int kpm_put(struct kdevice *dev);
