// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_buffer {
	struct kvbuf vbuf;
	struct x_buffer *next;
	u32 prepared;
	u8 checks[3];
};

struct x_cam {
	struct kvb_queue queue;
	struct mutex lock;
	struct kctrl_handler handler;

	struct {
		struct kctrl *gain, *autogain;
	};

	struct kctrl *pattern, *lut;
	struct x_buffer *head, **tail;
	u32 sequence, hw_gain;
	u8 table[6];
	_Bool streaming;
};

static const char *const patterns[] = {"off", "bars", "ramp", NULL};

static int queue_setup(struct kvb_queue *q, u32 *nbuffers, u32 *nplanes, u32 sizes[])
{
	if (*nplanes)
		return sizes[0] < 24 ? -22 : 0;
	if (*nbuffers < 3)
		*nbuffers = 3;
	*nplanes = 2;
	sizes[0] = 24;
	sizes[1] = 8;
	return 0;
}

static struct x_buffer *to_buffer(struct kvb *vb)
{
	return container_of(container_of(vb, struct kvbuf, vb), struct x_buffer, vbuf);
}

static int buf_init(struct kvb *vb)
{
	to_buffer(vb)->checks[0] = 50 + vb->index;
	return vb->index == 3 ? -12 : 0;
}

static int buf_prepare(struct kvb *vb)
{
	if (vb->planes[0].length < 24)
		return -22;
	to_buffer(vb)->prepared++;
	vb->planes[0].bytesused = 20;
	vb->planes[1].bytesused = 4 + vb->index;
	return 0;
}

static void buf_queue(struct kvb *vb)
{
	struct x_cam *cam = vb->queue->drv_priv;
	struct x_buffer *b = to_buffer(vb);

	b->next = NULL;
	*cam->tail = b;
	cam->tail = &b->next;
}

static void buf_cleanup(struct kvb *vb)
{
	struct x_buffer *b = to_buffer(vb);

	report(b->checks[0] * 10000 + b->checks[1] * 10 + b->prepared);
}

static void drain(struct x_cam *cam, int state)
{
	while (cam->head) {
		struct x_buffer *b = cam->head;

		cam->head = b->next;
		kvb_done(&b->vbuf.vb, state);
	}
	cam->tail = &cam->head;
}

static int x_start(struct kvb_queue *q, u32 count)
{
	struct x_cam *cam = q->drv_priv;

	if (!cam->hw_gain) {
		drain(cam, 1);
		return -5;
	}
	cam->streaming = 1;
	cam->sequence = 0;
	return count;
}

static void x_stop(struct kvb_queue *q)
{
	struct x_cam *cam = q->drv_priv;

	cam->streaming = 0;
	drain(cam, 6);
}

static void irq(void *data)
{
	struct x_cam *cam = data;
	struct x_buffer *b = cam->head;
	u8 *to;

	if (!cam->streaming || !b)
		return;
	cam->head = b->next;
	if (!cam->head)
		cam->tail = &cam->head;
	to = kvb_plane(&b->vbuf.vb, 0);
	for (u32 i = 0; i < b->vbuf.vb.planes[0].bytesused; i++)
		to[i] = cam->pattern->val == 1 ? i * 9 : cam->table[i % 6] + cam->hw_gain;
	to = kvb_plane(&b->vbuf.vb, 1);
	for (u32 i = 0; i < b->vbuf.vb.planes[1].bytesused; i++)
		to[i] = cam->sequence + i;
	b->checks[1]++;
	b->vbuf.sequence = cam->sequence++;
	b->vbuf.field = 1 + cam->sequence % 2;
	b->vbuf.vb.timestamp = cam->sequence * 33333ul;
	kvb_done(&b->vbuf.vb, 5);
}

static int set_ctrl(struct kctrl *c)
{
	struct x_cam *cam = container_of(c->handler, struct x_cam, handler);

	switch (c->id) {
	case 1:
		if (cam->autogain->is_new && cam->autogain->val)
			cam->hw_gain = 99;
		else if (cam->gain->is_new)
			cam->hw_gain = cam->gain->val;
		return 0;
	case 3:
		report(patterns[c->val][0]);
		return 0;
	case 4:
		memcpy(cam->table, c->p_new.p_u8, c->elems);
		return 0;
	}
	return -22;
}

static int try_ctrl(struct kctrl *c)
{
	for (u32 i = 0; c->is_array && i < c->elems; i++)
		if (c->p_new.p_u8[i] > 200)
			c->p_new.p_u8[i] = 200;
	return 0;
}

static int get_volatile(struct kctrl *c)
{
	struct x_cam *cam = container_of(c->handler, struct x_cam, handler);

	cam->gain->val = cam->hw_gain + cam->sequence;
	*cam->gain->p_new.p_s32 = cam->gain->val;
	return 0;
}

static const struct kvb_ops vb_ops = {queue_setup, buf_init, buf_prepare, buf_queue, buf_cleanup,
	x_start, x_stop};
static const struct kctrl_ops ctrl_ops = {try_ctrl, set_ctrl, get_volatile};
static struct x_cam cam;

static int x_init(void)
{
	cam.tail = &cam.head;
	cam.gain = kctrl_new(&cam.handler, &ctrl_ops, 1, 0, 64, 16);
	cam.autogain = kctrl_new(&cam.handler, &ctrl_ops, 2, 0, 1, 0);
	cam.pattern = kctrl_new_menu(&cam.handler, &ctrl_ops, 3, patterns, 1);
	cam.lut = kctrl_new_array(&cam.handler, &ctrl_ops, 4, sizeof(cam.table));
	if (cam.handler.error)
		return cam.handler.error;
	cam.gain->is_volatile = 1;
	kctrl_cluster(2, &cam.gain);
	cam.queue.type = 1;
	cam.queue.buf_struct_size = sizeof(struct x_buffer);
	cam.queue.ops = &vb_ops;
	cam.queue.drv_priv = &cam;
	cam.queue.lock = &cam.lock;
	cam.queue.min_queued = 2;
	report(kvb_queue_init(&cam.queue));
	return kvideo_register(&cam.handler, irq, &cam);
}

module_init(x_init);
