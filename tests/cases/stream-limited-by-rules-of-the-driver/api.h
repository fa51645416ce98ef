// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct snd_interval {
	u32 min, max;
	u32 openmin : 1, integer : 1, empty : 1;
};

struct snd_params {
	u32 flags;
	struct snd_interval intervals[4];
};

struct snd_rule {
	int (*func)(struct snd_params *params, struct snd_rule *rule);
	int var, deps[4];
	void *private;
};

struct snd_hardware {
	u32 info, rate_min, rate_max, channels_max, periods_max;
	size_t buffer_bytes_max;
};

struct snd_runtime {
	struct snd_hardware hw;
	struct snd_rule rules[4];
	int rules_num;
	u32 rate, channels, periods, period_size, hw_ptr;
	u8 *dma_area;
	size_t dma_bytes;
	void *private_data;
	void (*private_free)(struct snd_runtime *runtime);
};

struct snd_substream {
	struct snd_pcm *pcm;
	struct snd_runtime *runtime;
	const struct snd_pcm_ops *ops;
	void *private_data;
	int stream;
};

struct snd_pcm_ops {
	int (*open)(struct snd_substream *s);
	int (*close)(struct snd_substream *s);
	int (*prepare)(struct snd_substream *s);
	int (*trigger)(struct snd_substream *s, int cmd);
	unsigned long (*pointer)(struct snd_substream *s);
};

struct snd_pcm {
	struct snd_substream streams[2];
	void *private_data;
	char name[16];
};

int ksnd_pcm_new(const char *id, struct snd_pcm **pcm);
void ksnd_set_ops(struct snd_pcm *pcm, int stream, const struct snd_pcm_ops *ops);
int ksnd_rule_add(struct snd_runtime *runtime, int var,
	int (*func)(struct snd_params *params, struct snd_rule *rule), void *private, int dep);
int ksnd_refine(struct snd_interval *i, const struct snd_interval *v);
void ksnd_period_elapsed(struct snd_substream *s);
int ksnd_request_irq(int (*handler)(int irq, void *data), void *data);
