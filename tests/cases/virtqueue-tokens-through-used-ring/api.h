// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ksg {
	void *address;
	u32 length;
};

struct kvq {
	u32 num_free;
	void (*callback)(struct kvq *vq);
};
struct kvq *kvq_find(void (*callback)(struct kvq *vq));
int kvq_add(struct kvq *vq, const struct ksg *sg, u32 n, void *token);
void *kvq_get(struct kvq *vq, u32 *length);
void kvq_kick(struct kvq *vq);
