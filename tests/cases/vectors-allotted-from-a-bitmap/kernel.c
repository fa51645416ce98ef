// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct vec_domain *domain;
static struct vec_desc descs[32];

static unsigned long window(int pos, int order)
{
	return (order == 6 ? ~0ul : (1ul << (1 << order)) - 1) << pos % 64;
}

int bitmap_find_free_region(unsigned long *map, u32 bits, int order)
{
	kernel_only();
	for (u32 pos = 0; pos + (1 << order) <= bits; pos += 1 << order)
		if (!(map[pos / 64] & window(pos, order))) {
			map[pos / 64] |= window(pos, order);
			return pos;
		}
	return -12;
}

void bitmap_release_region(unsigned long *map, u32 pos, int order)
{
	kernel_only();
	map[pos / 64] &= ~window(pos, order);
}

u32 bitmap_weight(const unsigned long *map, u32 bits)
{
	u32 n = 0;

	kernel_only();
	for (u32 i = 0; i < bits; i++)
		n += map[i / 64] >> i % 64 & 1;
	return n;
}

static int get(u32 virq, u32 n)
{
	struct vec_desc *list[16];
	int status;

	for (u32 i = 0; i < n; i++) {
		list[i] = &descs[virq + i];
		list[i]->irq = virq + i;
	}
	status = domain->alloc(domain, virq, n, list);
	if (status)
		return status;
	domain->allocated += n;
	for (u32 i = 0; i < n; i++)
		domain->compose(list[i], &list[i]->msg);
	return list[n - 1]->msg.data * 1000 + list[0]->msg.hi + (list[0]->msg.lo >> 12);
}

int vec_domain_add(struct vec_domain *d)
{
	kernel_only();
	domain = d;
	report(get(1, 2));
	report(get(3, 1));
	return 0;
}

int later(void)
{
	struct vec_desc *list[2] = {&descs[1], &descs[2]};

	report(get(4, 8));
	report(get(12, 16));
	domain->free(domain, 1, 2, list);
	report(get(28, 1));
	report(get(28, 4));
	report(get(28, 3));
	return domain->allocated;
}
