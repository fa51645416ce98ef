// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_req {
	struct {
		u32 type;
		u64 sector;
	} head;

	u8 data[8];
	u8 status;
	u32 seq;
};

struct x_vblk {
	struct vdev *dev;
	struct vq *vqs[2];
	u32 done, used, seq;
};

static int x_send(struct x_vblk *v, u32 queue, u32 type, u64 sector)
{
	struct x_req *r = kzalloc(sizeof(*r), 0);
	struct sg head = {&r->head, sizeof(r->head)}, data = {r->data, 8}, tail = {&r->status, 1};
	struct sg *sgs[3] = {&head, &data, &tail};
	int status;

	r->head.type = type;
	r->head.sector = sector;
	r->seq = v->seq++;
	for (int i = 0; i < 8; i++)
		r->data[i] = sector + i;
	r->status = 0xff;
	status = vq_add_sgs(v->vqs[queue], sgs, type ? 2 : 1, type ? 1 : 2, r);
	if (status)
		kfree(r);
	return status;
}

static void x_done(struct vq *vq)
{
	struct x_vblk *v = vq->vdev->priv;
	struct x_req *r;
	u32 len = 0;

	while ((r = vq_get_buf(vq, &len))) {
		v->used += len;
		v->done++;
		report(r->seq * 100000 + r->status * 10000 + r->data[3] * 10 + vq->index);
		if (r->status && v->done < 6)
			report(x_send(v, vq->index, 0, r->head.sector + 1));
		kfree(r);
	}
	vq_kick(vq);
}

static void x_config(struct vq *vq)
{
	struct x_vblk *v = vq->vdev->priv;

	report(v->used * 10 + vq->name[0]);
	for (u32 i = 0; i < 4; i++)
		report(x_send(v, 0, i % 2, 10 * i));
	report(vq_kick(v->vqs[0]) + vq->kicks);
}

static int x_probe(struct vdev *d)
{
	vq_callback_t callbacks[2] = {x_done, x_config};
	static const char *const names[2] = {"requests", "events"};
	struct x_vblk *v = kzalloc(sizeof(*v), 0);
	int status;

	v->dev = d;
	d->priv = v;
	status = d->config->find_vqs(d, 2, v->vqs, callbacks, names);
	if (status)
		return status;
	report(v->vqs[1]->index * 100 + v->vqs[0]->free);
	if (d->features & 4)
		report(x_send(v, 0, 1, 70));
	report(vq_kick(v->vqs[0]));
	return d->config->get_status(d);
}

static const u32 ids[] = {7, 2, 0};
static struct vdriver driver = {ids, x_probe};

static int x_init(void)
{
	return register_vdriver(&driver);
}

module_init(x_init);
