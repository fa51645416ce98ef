// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ksource *running;
static u32 tick;

void kring_alloc(struct kring *ring, u32 records)
{
	kernel_only();
	ring->data = kzalloc(records * sizeof(struct krecord), 0);
	ring->mask = records - 1;
	ring->in = ring->out = (u32)-2;
}

u32 kring_take(struct kring *ring, struct krecord *to, u32 n)
{
	u32 taken = 0;
	kernel_only();
	while (taken < n && kring_used(ring))
		to[taken++] = ((struct krecord *)ring->data)[ring->out++ & ring->mask];
	return taken;
}

int ksource_run(struct ksource *source, u32 ticks)
{
	u32 sum = 0;
	kernel_only();
	running = source;
	while (ticks--) {
		struct krecord r;
		if (source->sample(source, ++tick * 7) && kring_take(source->ring, &r, 1))
			sum = sum * 3 + r.value + r.channel;
	}
	return sum + source->ring->out;
}

int later(void)
{
	struct krecord all[4];
	u32 sum = 0, n;
	kernel_only();
	n = kring_take(running->ring, all, 4);
	for (u32 i = 0; i < n; i++)
		sum = sum * 3 + all[i].value + all[i].channel + all[i].lost * 100;
	running->watermark = 1;
	return sum + ksource_run(running, 2);
}
