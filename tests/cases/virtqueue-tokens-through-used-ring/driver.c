// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_request {
	u32 sector;
	u8 *data;
	u8 status;
};

static u32 stats[2];

static void x_done(struct kvq *vq)
{
	struct x_request *r;
	u32 length;
	while ((r = kvq_get(vq, &length))) {
		stats[0] += length;
		stats[1] = stats[1] * 3 + r->data[0] + r->data[7] * r->status;
		kfree(r->data);
		kfree(r);
	}
}

static int x_submit(struct kvq *vq, u32 sector)
{
	struct x_request *r = kzalloc(sizeof *r, 0);
	struct ksg sg[3] = {{&r->sector, 4}, {kzalloc(8, 0), 8}, {&r->status, 1}};
	r->sector = sector;
	r->data = sg[1].address;
	r->data[0] = sector * 4;
	return kvq_add(vq, sg, 3, r);
}

static int x_init(void)
{
	struct kvq *vq = kvq_find(x_done);
	report(x_submit(vq, 5));
	report(x_submit(vq, 6));
	report(x_submit(vq, 6));
	kvq_kick(vq);
	report(stats[0] * 10 + vq->num_free);
	report(stats[1]);
	report(x_submit(vq, 7));
	return 0;
}

module_init(x_init);
