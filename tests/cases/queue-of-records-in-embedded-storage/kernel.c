// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 (*sampler)(u32 now, u32 *dropped);
static long (*drainer)(u32 max);

int kfifo_init(struct kfifo *f, void *buffer, u32 size, u32 esize)
{
	kernel_only();
	if (size & (size - 1))
		return -22;
	f->in = f->out = 0xfffffffc;
	f->mask = size - 1;
	f->esize = esize;
	f->data = buffer;
	return 0;
}

u32 kfifo_in(struct kfifo *f, const void *buf, u32 n)
{
	u32 i;

	kernel_only();
	for (i = 0; i < n && f->in - f->out <= f->mask; i++, f->in++)
		memcpy((u8 *)f->data + (f->in & f->mask) * f->esize, (const u8 *)buf + i * f->esize,
			f->esize);
	return i;
}

u32 kfifo_peek(struct kfifo *f, void *buf, u32 n)
{
	u32 i;

	kernel_only();
	for (i = 0; i < n && f->out + i != f->in; i++)
		memcpy((u8 *)buf + i * f->esize,
			(u8 *)f->data + ((f->out + i) & f->mask) * f->esize, f->esize);
	return i;
}

u32 kfifo_out(struct kfifo *f, void *buf, u32 n)
{
	kernel_only();
	n = kfifo_peek(f, buf, n);
	f->out += n;
	return n;
}

void call_sampler(u32 (*sample)(u32 now, u32 *dropped), long (*drain)(u32 max))
{
	kernel_only();
	sampler = sample;
	drainer = drain;
}

int later(void)
{
	u32 dropped = 0;

	for (u32 i = 0; i < 5; i++) {
		report(sampler(100 * i, &dropped));
		if (i == 2)
			report(drainer(4));
	}
	report(drainer(100));
	report(drainer(100));
	return dropped;
}
