// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct snd_pcm_constraint_list {
	u32 count;
	const u32 *list;
};

struct snd_pcm_runtime {
	u32 rate, period_size, buffer_size;
	u32 hw_ptr, periods;
	short *dma_area;
	const struct snd_pcm_constraint_list *rates;
	void *private_data;
};

struct snd_pcm_substream {
	const struct snd_pcm_ops *ops;
	struct snd_pcm_runtime *runtime;
};

struct snd_pcm_ops {
	int (*open)(struct snd_pcm_substream *s);
	int (*trigger)(struct snd_pcm_substream *s, int cmd);
	u32 (*pointer)(struct snd_pcm_substream *s);
};

int snd_pcm_new(const struct snd_pcm_ops *ops);
void snd_pcm_period_elapsed(struct snd_pcm_substream *s);
