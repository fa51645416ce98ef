// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct vdev;
struct vq;

typedef void (*vq_callback_t)(struct vq *vq);

struct sg {
	void *addr;
	u32 length;
};

struct vq {
	struct vdev *vdev;
	const char *name;
	vq_callback_t callback;
	u32 index, free, kicks;
	void *priv;
};

struct vdev_config {
	int (*find_vqs)(struct vdev *d, u32 n, struct vq *vqs[], vq_callback_t callbacks[],
		const char *const names[]);
	u8 (*get_status)(struct vdev *d);
};

struct vdev {
	u32 id;
	u64 features;
	const struct vdev_config *config;
	void *priv;
};

struct vdriver {
	const u32 *ids;
	int (*probe)(struct vdev *d);
};

int register_vdriver(struct vdriver *d);
int vq_add_sgs(struct vq *vq, struct sg *sgs[], u32 out, u32 in, void *data);
void *vq_get_buf(struct vq *vq, u32 *len);
_Bool vq_kick(struct vq *vq);
