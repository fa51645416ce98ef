// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kmbox_chan *channels;
static struct kmbox_message messages[8];
static u32 n, replies;

void kmbox_register(struct kmbox_chan *chans)
{
	kernel_only();
	channels = chans;
}

static void submit(struct kmbox_chan *chan)
{
	void *message = chan->queue[(chan->free - chan->count) & 3];
	if (chan->count && !chan->active && !chan->send(chan, message)) {
		chan->active = message;
		chan->count--;
	}
}

int kmbox_tick(int i, u32 command)
{
	struct kmbox_chan *chan = &channels[i];
	kernel_only();
	spin_lock(&chan->lock);
	messages[n].command = command;
	chan->queue[chan->free++ & 3] = &messages[n++];
	chan->count++;
	submit(chan);
	spin_unlock(&chan->lock);
	return messages[n - 1].reply;
}

void kmbox_tx_done(struct kmbox_chan *chan, int status)
{
	struct kmbox_message *done = chan->active;
	kernel_only();
	spin_lock(&chan->lock);
	replies = replies * 10 + done->reply + status;
	chan->active = NULL;
	submit(chan);
	spin_unlock(&chan->lock);
}

int later(void)
{
	kernel_only();
	kmbox_tx_done(&channels[0], 1);
	kmbox_tick(1, 9);
	return replies + channels[1].count * 10000;
}
