// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define list_entry(p, type, member) container_of(p, type, member)

struct vb2_plane {
	void *vaddr;
	u32 length, bytesused;
};

struct vb2_queue;

struct vb2_buffer {
	struct vb2_queue *queue;
	u32 index, num_planes, state;
	u64 timestamp;
	struct vb2_plane planes[3];
};

struct vb2_v4l2_buffer {
	struct vb2_buffer vb2_buf;
	u32 flags, field, sequence;
};

struct vb2_ops {
	int (*queue_setup)(struct vb2_queue *q, u32 *num_buffers, u32 *num_planes, u32 sizes[]);
	int (*buf_init)(struct vb2_buffer *vb);
	int (*buf_prepare)(struct vb2_buffer *vb);
	void (*buf_queue)(struct vb2_buffer *vb);
	int (*start_streaming)(struct vb2_queue *q, u32 count);
	void (*stop_streaming)(struct vb2_queue *q);
};

struct vb2_queue {
	const struct vb2_ops *ops;
	void *drv_priv;
	u32 buf_struct_size, num_buffers, queued, done;
	struct vb2_buffer *bufs[8];
};

int kvb2_queue_init(struct vb2_queue *q);
void *kvb2_plane_vaddr(struct vb2_buffer *vb, u32 plane);
void kvb2_set_payload(struct vb2_buffer *vb, u32 plane, u32 size);
void kvb2_buffer_done(struct vb2_buffer *vb, u32 state);
