// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pcm_hw {
	u32 info, rate_min, rate_max, period_bytes_max, buffer_bytes_max;
};

struct pcm_runtime {
	struct pcm_hw hw;
	u8 *dma_area;
	u32 buffer_size, period_size, rate;
	u32 hw_ptr, appl_ptr;
	void *private_data;
	void (*private_free)(struct pcm_runtime *r);
};

struct pcm_substream;

struct pcm_ops {
	int (*open)(struct pcm_substream *s);
	int (*hw_params)(struct pcm_substream *s, u32 rate);
	int (*trigger)(struct pcm_substream *s, int cmd);
	u32 (*pointer)(struct pcm_substream *s);
};

struct pcm_substream {
	void *private_data;
	const struct pcm_ops *ops;
	struct pcm_runtime *runtime;
	int stream;
};

int pcm_new(const char *name, void *private_data, const struct pcm_ops *play,
	const struct pcm_ops *rec);
void period_elapsed(struct pcm_substream *s);
void sound_irq(void (*irq)(void *data, u32 frames), void *data);
