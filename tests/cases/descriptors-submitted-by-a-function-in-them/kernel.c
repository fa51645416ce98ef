// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct job {
	int done;
	u32 tag;
};

static struct dma_device *device;
static void (*handler)(void *data);
static void *cookie;
static struct job jobs[4];

void dma_irq(void (*h)(void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
}

int dma_register(struct dma_device *d)
{
	kernel_only();
	device = d;
	for (struct list_head *n = d->channels.next; n != &d->channels; n = n->next)
		container_of(n, struct dma_chan, node)->id = 40 + d->chancnt++;
	return d->alloc_chan ? -22 : 0;
}

static void finished(void *param)
{
	struct job *j = param;

	kernel_only();
	j->done++;
	report(j->tag);
}

static struct dma_chan *channel(int id)
{
	for (struct list_head *n = device->channels.next; n != &device->channels; n = n->next)
		if (container_of(n, struct dma_chan, node)->id == id)
			return container_of(n, struct dma_chan, node);
	return NULL;
}

static int start(int id, u32 job, u64 dst, u64 src, size_t len)
{
	struct tx_desc *tx = device->prep_copy(channel(id), dst, src, len, 1);

	if (!tx)
		return -12;
	jobs[job].tag = id * 10 + job;
	tx->callback = job == 3 ? NULL : finished;
	tx->param = &jobs[job];
	return tx->submit(tx);
}

int later(void)
{
	u32 residue = 0;

	report(start(41, 0, 900, 100, 64));
	report(start(41, 1, 500, 400, 32));
	report(start(40, 2, 7, 3, 16));
	report(start(40, 3, 0, 0, 0));
	device->issue(channel(41));
	report(start(41, 3, 30, 20, 8));
	report(device->status(channel(41), 13, &residue) * 1000 + residue);
	handler(cookie);
	report(device->status(channel(41), 13, &residue) * 1000 + residue);
	device->issue(channel(40));
	device->issue(channel(41));
	handler(cookie);
	handler(cookie);
	report(device->status(channel(41), 14, &residue) * 1000 + residue);
	report(channel(40)->completed * 100 + channel(41)->completed);
	return jobs[0].done + jobs[1].done * 10 + jobs[2].done * 100;
}
