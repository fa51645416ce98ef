// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct krecord {
	u16 channel, lost;
	u32 value;
};

struct kring {
	u32 in, out, mask;
	void *data;
};

struct ksource {
	int (*sample)(struct ksource *source, u32 raw);
	struct kring *ring;
	u32 watermark;
};

static inline u32 kring_used(const struct kring *ring)
{
	return ring->in - ring->out;
}

void kring_alloc(struct kring *ring, u32 records);
u32 kring_take(struct kring *ring, struct krecord *to, u32 n);
int ksource_run(struct ksource *source, u32 ticks);
