// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct frame {
	struct vb2_v4l2_buffer vb;
	struct list_head node;
	u32 cookie;
};

struct camera {
	struct vb2_queue queue;
	struct list_head pending;
	u32 sequence, width, height, inits;
};

static void add_tail(struct list_head *node, struct list_head *head)
{
	node->prev = head->prev;
	node->next = head;
	head->prev->next = node;
	head->prev = node;
}

static void unlink_node(struct list_head *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	node->next = node->prev = NULL;
}

static struct frame *to_frame(struct vb2_buffer *vb)
{
	return container_of(vb, struct frame, vb.vb2_buf);
}

static int setup(struct vb2_queue *q, u32 *num_buffers, u32 *num_planes, u32 sizes[])
{
	struct camera *cam = q->drv_priv;

	if (*num_planes)
		return sizes[0] < cam->width * cam->height ? -22 : 0;
	if (*num_buffers < 3)
		*num_buffers = 3;
	*num_planes = 2;
	sizes[0] = cam->width * cam->height;
	sizes[1] = cam->width;
	return 0;
}

static int init(struct vb2_buffer *vb)
{
	struct camera *cam = vb->queue->drv_priv;

	to_frame(vb)->cookie = 100 + cam->inits++;
	return 0;
}

static int prepare(struct vb2_buffer *vb)
{
	struct camera *cam = vb->queue->drv_priv;

	if (vb->planes[0].length < cam->width * cam->height)
		return -22;
	kvb2_set_payload(vb, 0, cam->width * cam->height);
	kvb2_set_payload(vb, 1, cam->width / 2);
	to_frame(vb)->vb.field = 1;
	return 0;
}

static void queue(struct vb2_buffer *vb)
{
	struct camera *cam = vb->queue->drv_priv;

	add_tail(&to_frame(vb)->node, &cam->pending);
}

static void capture(struct camera *cam)
{
	struct frame *frame = list_entry(cam->pending.next, struct frame, node);
	u8 *data = kvb2_plane_vaddr(&frame->vb.vb2_buf, 0);

	unlink_node(&frame->node);
	for (u32 i = 0; i < cam->width * cam->height; i++)
		data[i] = i + cam->sequence;
	data = kvb2_plane_vaddr(&frame->vb.vb2_buf, 1);
	data[0] = frame->cookie;
	frame->vb.sequence = cam->sequence++;
	frame->vb.vb2_buf.timestamp = 1000 * cam->sequence;
	kvb2_buffer_done(&frame->vb.vb2_buf, 5);
}

static int start(struct vb2_queue *q, u32 count)
{
	struct camera *cam = container_of(q, struct camera, queue);

	report(count);
	if (count < 2)
		return -12;
	capture(cam);
	capture(cam);
	return 0;
}

static void stop(struct vb2_queue *q)
{
	struct camera *cam = container_of(q, struct camera, queue);

	while (cam->pending.next != &cam->pending) {
		struct frame *frame = list_entry(cam->pending.next, struct frame, node);

		unlink_node(&frame->node);
		report(frame->cookie);
		kvb2_buffer_done(&frame->vb.vb2_buf, 6);
	}
}

static const struct vb2_ops ops = {setup, init, prepare, queue, start, stop};

static int x_init(void)
{
	struct camera *cam = kzalloc(sizeof(*cam), 0);

	cam->width = 6;
	cam->height = 4;
	cam->pending.next = cam->pending.prev = &cam->pending;
	cam->queue.ops = &ops;
	cam->queue.drv_priv = cam;
	cam->queue.buf_struct_size = sizeof(struct frame);
	return kvb2_queue_init(&cam->queue);
}

module_init(x_init);
