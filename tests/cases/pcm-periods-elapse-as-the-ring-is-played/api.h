// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
enum { SNDRV_PCM_TRIGGER_STOP, SNDRV_PCM_TRIGGER_START };
struct snd_pcm_runtime {
	unsigned long channels, period_size, buffer_size, hw_ptr, appl_ptr;
	u8 *dma_area;
	void *private_data;
};

struct snd_pcm_substream {
	void *private_data;
	const struct snd_pcm_ops *ops;
	struct snd_pcm_runtime *runtime;
};

struct snd_pcm_ops {
	int (*open)(struct snd_pcm_substream *substream);
	void (*close)(struct snd_pcm_substream *substream);
	int (*trigger)(struct snd_pcm_substream *substream, int cmd);
	unsigned long (*pointer)(struct snd_pcm_substream *substream);
};

struct timer_list {
	void (*function)(struct timer_list *timer);
	unsigned long expires;
};

void mod_timer(struct timer_list *timer, unsigned long expires);
int snd_pcm_new(void *private_data, const struct snd_pcm_ops *ops);
void snd_pcm_period_elapsed(struct snd_pcm_substream *substream);
