// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct radio *radios[4];
static u32 nradios;

struct radio *radio_alloc(
	const char *name, enum radio_type type, const struct radio_ops *ops, void *data)
{
	struct radio *r = kzalloc(sizeof(*r) + strlen(name) + 1, 0);

	kernel_only();
	memcpy(r->name, name, strlen(name) + 1);
	r->type = type;
	r->ops = ops;
	r->data = data;
	return r;
}

_Bool radio_set_hw_state(struct radio *r, _Bool blocked)
{
	kernel_only();
	if (blocked)
		r->state |= 2;
	else
		r->state &= ~2ul;
	return (r->state & 3) != 0;
}

int radio_register(struct radio *r)
{
	kernel_only();
	if (!r->name[0])
		return -22;
	r->idx = nradios;
	radios[nradios++] = r;
	if (r->ops->set_block(r->data, r->type == RADIO_WLAN))
		r->state |= 4;
	return 0;
}

void radio_destroy(struct radio *r)
{
	kernel_only();
	kfree(r);
}

static void set_all(_Bool blocked)
{
	for (u32 i = 0; i < nradios; i++) {
		struct radio *r = radios[i];

		if (r->ops->query)
			r->ops->query(r, r->data);
		r->state = blocked ? r->state | 1 : r->state & ~1ul;
		report(r->ops->set_block(r->data, blocked || r->state & 2));
		report(r->idx * 100 + r->state);
	}
}

int later(void)
{
	set_all(0);
	set_all(1);
	set_all(0);
	return 0;
}
