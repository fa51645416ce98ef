// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct vb2_queue *queue;

int kvb2_queue_init(struct vb2_queue *q)
{
	kernel_only();
	if (q->buf_struct_size < sizeof(struct vb2_v4l2_buffer))
		return -22;
	queue = q;
	return 0;
}

void *kvb2_plane_vaddr(struct vb2_buffer *vb, u32 plane)
{
	kernel_only();
	return plane < vb->num_planes ? vb->planes[plane].vaddr : NULL;
}

void kvb2_set_payload(struct vb2_buffer *vb, u32 plane, u32 size)
{
	kernel_only();
	vb->planes[plane].bytesused = size;
}

void kvb2_buffer_done(struct vb2_buffer *vb, u32 state)
{
	struct vb2_v4l2_buffer *v = container_of(vb, struct vb2_v4l2_buffer, vb2_buf);
	long sum = v->sequence * 10 + v->field;

	kernel_only();
	vb->state = state;
	for (u32 p = 0; p < vb->num_planes; p++)
		for (u32 i = 0; i < vb->planes[p].bytesused; i++)
			sum = (sum * 3 + ((u8 *)vb->planes[p].vaddr)[i]) % 1000003;
	report(sum);
	report(vb->timestamp + vb->index);
	vb->queue->queued--;
	vb->queue->done++;
}

static int reqbufs(struct vb2_queue *q, u32 count)
{
	u32 planes = 0, sizes[3] = {0, 0, 0};
	int err = q->ops->queue_setup(q, &count, &planes, sizes);

	if (err)
		return err;
	report(planes * 100 + sizes[0] + sizes[1]);
	for (u32 i = 0; i < count; i++) {
		struct vb2_buffer *vb = kzalloc(q->buf_struct_size, 0);

		vb->queue = q;
		vb->index = i;
		vb->num_planes = planes;
		for (u32 p = 0; p < planes; p++) {
			vb->planes[p].length = sizes[p];
			vb->planes[p].vaddr = kzalloc(sizes[p], 0);
		}
		q->bufs[q->num_buffers++] = vb;
		err = q->ops->buf_init(vb);
		if (err)
			return err;
	}
	return count;
}

static int qbuf(struct vb2_queue *q, u32 index)
{
	int err = q->ops->buf_prepare(q->bufs[index]);

	if (err)
		return err;
	q->bufs[index]->state = 2;
	q->queued++;
	q->ops->buf_queue(q->bufs[index]);
	return 0;
}

int later(void)
{
	u32 buffers = 1, planes = 1, size = 10;

	report(reqbufs(queue, 2));
	report(queue->ops->queue_setup(queue, &buffers, &planes, &size));
	report(qbuf(queue, 2));
	report(queue->ops->start_streaming(queue, queue->queued));
	report(qbuf(queue, 0));
	report(qbuf(queue, 1));
	report(queue->ops->start_streaming(queue, queue->queued));
	report(queue->queued);
	queue->bufs[0]->planes[0].length = 5;
	report(qbuf(queue, 0));
	report(qbuf(queue, 2));
	queue->ops->stop_streaming(queue);
	report(queue->queued * 10 + queue->done);
	return queue->bufs[1]->state * 10 + queue->bufs[2]->state;
}
