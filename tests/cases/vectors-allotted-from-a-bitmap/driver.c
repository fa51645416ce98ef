// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define VECTORS 80

struct x_pcie {
	struct vec_domain domain;
	u32 port;
	u32 hits[VECTORS];
	unsigned long used[2];
};

static int x_order(u32 n)
{
	int order = 0;

	while (1u << order < n)
		order++;
	return order;
}

static int x_alloc(struct vec_domain *d, u32 virq, u32 n, struct vec_desc **descs)
{
	struct x_pcie *x = d->host_data;
	int hw = bitmap_find_free_region(x->used, VECTORS, x_order(n));

	if (hw < 0)
		return -28;
	for (u32 i = 0; i < n; i++) {
		descs[i]->hwirq = hw + i;
		descs[i]->chip_data = x;
		x->hits[hw + i] += virq;
	}
	return 0;
}

static void x_free(struct vec_domain *d, u32 virq, u32 n, struct vec_desc **descs)
{
	struct x_pcie *x = descs[0]->chip_data;

	bitmap_release_region(x->used, descs[0]->hwirq, x_order(n));
	report(x->hits[descs[n - 1]->hwirq] * 100 + bitmap_weight(x->used, VECTORS));
}

static void x_compose(struct vec_desc *desc, struct vec_msg *msg)
{
	struct x_pcie *x = desc->chip_data;

	msg->lo = x->port << 12;
	msg->hi = x->hits[desc->hwirq];
	msg->data = desc->hwirq;
	x->hits[desc->hwirq]++;
}

static int x_init(void)
{
	struct x_pcie *x = kzalloc(sizeof(*x), 0);
	int status;

	x->port = 0xfe;
	x->used[0] = 0x7;
	x->used[1] = 1;
	x->domain.alloc = x_alloc;
	x->domain.free = x_free;
	x->domain.compose = x_compose;
	x->domain.host_data = x;
	status = vec_domain_add(&x->domain);
	report(x->domain.allocated * 1000 + bitmap_weight(x->used, VECTORS));
	report(x->used[0]);
	return status;
}

module_init(x_init);
