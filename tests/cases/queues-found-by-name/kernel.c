// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct slot {
	void *data;
	struct sg sgs[3];
	u32 out, in, len;
};

struct ring {
	struct vq vq;
	struct slot slots[4];
	u32 head, ready, tail;
};

static struct ring rings[2];
static struct vdev device;

static int find_vqs(struct vdev *d, u32 n, struct vq *vqs[], vq_callback_t callbacks[],
	const char *const names[])
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		struct vq *vq = &rings[i].vq;

		vq->vdev = d;
		vq->name = names[i];
		vq->callback = callbacks[i];
		vq->index = i;
		vq->free = 4;
		vqs[i] = vq;
		report(names[i][2]);
	}
	return 0;
}

static u8 get_status(struct vdev *d)
{
	kernel_only();
	return d->features & 4 ? 0 : 1;
}

static const struct vdev_config config = {find_vqs, get_status};

int register_vdriver(struct vdriver *d)
{
	kernel_only();
	device.id = 2;
	device.features = 6;
	device.config = &config;
	for (const u32 *id = d->ids; *id; id++)
		if (*id == device.id)
			return d->probe(&device);
	return -19;
}

int vq_add_sgs(struct vq *vq, struct sg *sgs[], u32 out, u32 in, void *data)
{
	struct ring *r = container_of(vq, struct ring, vq);
	struct slot *s = &r->slots[r->head % 4];

	kernel_only();
	if (!vq->free)
		return -28;
	vq->free--;
	r->head++;
	s->data = data;
	s->out = out;
	s->in = in;
	for (u32 i = 0; i < out + in; i++)
		s->sgs[i] = *sgs[i];
	return 0;
}

static void serve(struct slot *s)
{
	long sum = 0;

	s->len = 0;
	for (u32 i = 0; i < s->out; i++)
		for (u32 k = 0; k < s->sgs[i].length; k++)
			sum = (sum * 3 + ((u8 *)s->sgs[i].addr)[k]) % 65536;
	report(sum);
	for (u32 i = s->out; i < s->out + s->in; i++) {
		for (u32 k = 0; k < s->sgs[i].length; k++)
			((u8 *)s->sgs[i].addr)[k] = s->sgs[i].length == 1 ? sum % 2 : sum + k;
		s->len += s->sgs[i].length;
	}
}

_Bool vq_kick(struct vq *vq)
{
	struct ring *r = container_of(vq, struct ring, vq);
	_Bool any = r->ready != r->head;

	kernel_only();
	vq->kicks++;
	while (r->ready != r->head)
		serve(&r->slots[r->ready++ % 4]);
	return any;
}

void *vq_get_buf(struct vq *vq, u32 *len)
{
	struct ring *r = container_of(vq, struct ring, vq);
	struct slot *s = &r->slots[r->tail % 4];

	kernel_only();
	if (r->tail == r->ready)
		return NULL;
	r->tail++;
	vq->free++;
	*len = s->len;
	return s->data;
}

int later(void)
{
	rings[0].vq.callback(&rings[0].vq);
	rings[1].vq.callback(&rings[1].vq);
	for (int i = 0; i < 3; i++)
		rings[0].vq.callback(&rings[0].vq);
	return rings[0].vq.kicks * 10 + rings[0].vq.free;
}
