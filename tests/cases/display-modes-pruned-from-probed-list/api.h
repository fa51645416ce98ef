// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum kmode_status { KMODE_OK, KMODE_STALE, KMODE_CLOCK_HIGH };

struct kmode {
	struct kmode *next;
	u32 clock, width, height, preferred;
	enum kmode_status status;
};

struct kconnector {
	int (*get_modes)(struct kconnector *c);
	enum kmode_status (*mode_valid)(struct kconnector *c, struct kmode *mode);
	struct kmode *probed, *modes;
	u32 pruned;
};
struct kmode *kmode_create(u32 width, u32 height, u32 hertz);
void kmode_probed_add(struct kconnector *c, struct kmode *mode);
int kconnector_fill(struct kconnector *c);
