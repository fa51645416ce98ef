// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kpcm_sub;
struct kparams;

enum { P_RATE, P_CHANNELS, P_PERIOD, P_BUFFER, P_COUNT };

struct kinterval {
	u32 min, max;
	unsigned openmin : 1, openmax : 1, integer : 1, empty : 1;
};

struct kparams {
	u32 formats;
	struct kinterval intervals[P_COUNT];
	u32 rmask, cmask;
	u8 reserved[8];
};

struct krule {
	u32 cond;
	int (*func)(struct kparams *params, struct krule *rule);
	int var, deps[3];
	void *private;
};

struct khardware {
	u32 info;
	u64 formats;
	u32 rate_min, rate_max, channels_min, channels_max;
	size_t buffer_bytes_max, period_bytes_min;
};

struct kruntime {
	struct khardware hw;
	u32 rate, channels, frame_bytes;
	u32 period_size, buffer_size, boundary;
	u8 *dma_area;
	size_t dma_bytes;
	u32 nrules;
	struct krule rules[4];
	void *private_data;
	void (*private_free)(struct kruntime *rt);
};

struct kpcm {
	int device;
	char id[12];
	void *private_data;
	void (*private_free)(struct kpcm *pcm);
};

struct kpcm_ops {
	int (*open)(struct kpcm_sub *s);
	int (*close)(struct kpcm_sub *s);
	int (*hw_params)(struct kpcm_sub *s, struct kparams *params);
	int (*prepare)(struct kpcm_sub *s);
	int (*trigger)(struct kpcm_sub *s, int cmd);
	u32 (*pointer)(struct kpcm_sub *s);
};

struct kpcm_sub {
	struct kpcm *pcm;
	int number, stream;
	const struct kpcm_ops *ops;
	struct kruntime *runtime;
	void *private_data;
};

int kpcm_new(const char *id, int device, struct kpcm **to);
void kpcm_set_ops(struct kpcm *pcm, int stream, const struct kpcm_ops *ops);
int kpcm_timer(void (*tick)(void *data), void *data);
int khw_rule_add(struct kruntime *rt, int var, int (*func)(struct kparams *, struct krule *),
	void *private, int dep);
int kinterval_refine(struct kinterval *i, const struct kinterval *by);
int kpcm_buffer(struct kpcm_sub *s, size_t size);
void kperiod_elapsed(struct kpcm_sub *s);

static inline struct kinterval *kparam(struct kparams *params, int var)
{
	return &params->intervals[var];
}
