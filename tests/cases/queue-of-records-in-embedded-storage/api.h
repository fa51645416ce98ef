// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kfifo {
	u32 in, out, mask, esize;
	void *data;
};

int kfifo_init(struct kfifo *f, void *buffer, u32 size, u32 esize);
u32 kfifo_in(struct kfifo *f, const void *buf, u32 n);
u32 kfifo_out(struct kfifo *f, void *buf, u32 n);
u32 kfifo_peek(struct kfifo *f, void *buf, u32 n);
void call_sampler(u32 (*sample)(u32 now, u32 *dropped), long (*drain)(u32 max));

static inline u32 kfifo_len(const struct kfifo *f)
{
	return f->in - f->out;
}

static inline u32 kfifo_avail(const struct kfifo *f)
{
	return f->mask + 1 - kfifo_len(f);
}
