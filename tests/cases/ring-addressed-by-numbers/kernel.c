// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev D;
static void (*I)(void *);
static void *C;

static struct {
	u8 *p;
	size_t n;
} R[4];

static int n;

struct rd {
	u64 addr;
	u32 len;
	u32 status;
};

struct dev *hw_find(void)
{
	kernel_only();
	return &D;
}

void *dma_alloc(struct dev *d, size_t size, u64 *handle)
{
	kernel_only();
	R[n].p = kzalloc(size, 0);
	R[n].n = size;
	*handle = 0x1000 * (n + 1);
	return R[n++].p;
}

void dma_free(struct dev *d, size_t size, void *p, u64 handle)
{
	kernel_only();
	kfree(p);
}

int hw_attach(struct dev *d, void (*irq)(void *), void *cookie)
{
	kernel_only();
	I = irq;
	C = cookie;
	return d->mask >> 16;
}

static u64 ring;
static u32 at;

static void recv(int k)
{
	struct rd *r = (struct rd *)R[ring / 0x1000 - 1].p;
	for (int i = 0; i < k; i++) {
		u64 a = r[at].addr;
		u8 *b = R[a / 0x1000 - 1].p + a % 0x1000;
		for (int j = 0; j < 3 + k; j++)
			b[j] = j + at;
		r[at].len = 3 + k;
		r[at].status = 1;
		at = (at + 1) & 3;
	}
	I(C);
}

void hw_kick(u64 handle, u32 cnt)
{
	kernel_only();
	ring = handle;
	recv(2);
}

int later(void)
{
	recv(3);
	recv(1);
	return 0;
}
