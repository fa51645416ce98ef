// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kvb;
struct kctrl;
struct kvb_queue;

struct kplane {
	void *vaddr;
	u32 length, bytesused, data_offset;
};

struct kvb {
	struct kvb_queue *queue;
	u32 index, num_planes;
	int state;
	u64 timestamp;
	struct kplane planes[2];
};

struct kvbuf {
	struct kvb vb;
	u32 sequence, field;
};

struct kvb_ops {
	int (*queue_setup)(struct kvb_queue *q, u32 *nbuffers, u32 *nplanes, u32 sizes[]);
	int (*buf_init)(struct kvb *vb);
	int (*buf_prepare)(struct kvb *vb);
	void (*buf_queue)(struct kvb *vb);
	void (*buf_cleanup)(struct kvb *vb);
	int (*start)(struct kvb_queue *q, u32 count);
	void (*stop)(struct kvb_queue *q);
};

struct kvb_queue {
	u32 type, buf_struct_size, min_queued;
	const struct kvb_ops *ops;
	void *drv_priv;
	struct mutex *lock;
	struct kvb *bufs[4];
	u32 num, owned;
};

struct kctrl_ops {
	int (*try)(struct kctrl *c);
	int (*set)(struct kctrl *c);
	int (*get_volatile)(struct kctrl *c);
};

struct kctrl_handler {
	struct kctrl *first;
	int error, count;
};

union kctrl_ptr {
	int *p_s32;
	u8 *p_u8;
	void *p;
};

struct kctrl {
	struct kctrl *next;
	struct kctrl_handler *handler;
	struct kctrl **cluster;
	u32 ncontrols, id;
	const struct kctrl_ops *ops;
	const char *const *menu;
	int min, max, step, def, val;
	u32 elems;
	unsigned is_volatile : 1, is_array : 1, is_new : 1;
	union kctrl_ptr p_new, p_cur;
};

int kvb_queue_init(struct kvb_queue *q);
void kvb_done(struct kvb *vb, int state);
struct kctrl *kctrl_new(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id, int min,
	int max, int def);
struct kctrl *kctrl_new_menu(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id,
	const char *const *menu, int def);
struct kctrl *kctrl_new_array(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id,
	u32 elems);
void kctrl_cluster(u32 n, struct kctrl **controls);
int kvideo_register(struct kctrl_handler *h, void (*irq)(void *data), void *data);
void *kvb_plane(struct kvb *vb, u32 plane);
