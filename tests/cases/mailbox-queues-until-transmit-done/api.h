// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kmbox_chan {
	int (*send)(struct kmbox_chan *chan, void *message);
	spinlock_t lock;
	u32 count, free;
	void *queue[4];
	void *active, *private;
};

struct kmbox_message {
	u32 command, reply;
};

void kmbox_register(struct kmbox_chan *chans);
int kmbox_tick(int chan, u32 command);
void kmbox_tx_done(struct kmbox_chan *chan, int status);
