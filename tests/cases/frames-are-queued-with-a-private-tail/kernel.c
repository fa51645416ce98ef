// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kvb_queue *queue;
static struct kctrl_handler *handler;
static void (*interrupt)(void *data);
static void *irq_data;

int kvb_queue_init(struct kvb_queue *q)
{
	kernel_only();
	if (q->buf_struct_size < sizeof(struct kvbuf))
		return -22;
	queue = q;
	return q->type;
}

void kvb_done(struct kvb *vb, int state)
{
	struct kvbuf *b = container_of(vb, struct kvbuf, vb);

	kernel_only();
	vb->state = state;
	vb->queue->owned--;
	report(vb->index * 1000 + state * 100 + b->sequence * 10 + b->field);
	for (u32 p = 0; p < vb->num_planes && state == 5; p++) {
		long sum = 0;

		for (u32 i = 0; i < vb->planes[p].bytesused; i++)
			sum = (sum * 3 + ((u8 *)vb->planes[p].vaddr)[i]) % 99991;
		report(sum);
	}
}

void *kvb_plane(struct kvb *vb, u32 plane)
{
	kernel_only();
	return plane < vb->num_planes ? vb->planes[plane].vaddr : NULL;
}

static struct kctrl *add(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id, int min,
	int max, int def)
{
	struct kctrl *c = kzalloc(sizeof(*c), 0);

	c->handler = h;
	c->ops = ops;
	c->id = id;
	c->min = min;
	c->max = max;
	c->def = c->val = def;
	c->p_new.p = &c->val;
	c->next = h->first;
	h->first = c;
	h->count++;
	return c;
}

struct kctrl *kctrl_new(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id, int min,
	int max, int def)
{
	kernel_only();
	if (min > def || def > max)
		h->error = -34;
	return add(h, ops, id, min, max, def);
}

struct kctrl *kctrl_new_menu(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id,
	const char *const *menu, int def)
{
	int n = 0;
	struct kctrl *c;

	kernel_only();
	while (menu[n])
		n++;
	c = add(h, ops, id, 0, n - 1, def);
	c->menu = menu;
	return c;
}

struct kctrl *kctrl_new_array(struct kctrl_handler *h, const struct kctrl_ops *ops, u32 id,
	u32 elems)
{
	struct kctrl *c = add(h, ops, id, 0, 255, 0);

	kernel_only();
	c->elems = elems;
	c->is_array = 1;
	c->p_new.p = kzalloc(elems, 0);
	return c;
}

void kctrl_cluster(u32 n, struct kctrl **controls)
{
	kernel_only();
	for (u32 i = 0; i < n; i++) {
		controls[i]->cluster = controls;
		controls[i]->ncontrols = n;
	}
}

int kvideo_register(struct kctrl_handler *h, void (*irq)(void *data), void *data)
{
	kernel_only();
	handler = h;
	interrupt = irq;
	irq_data = data;
	return h->count == 4 ? 0 : -22;
}

static int set(u32 id, int val)
{
	struct kctrl *c = handler->first, *master;
	int err;

	while (c->id != id)
		c = c->next;
	master = c->cluster ? c->cluster[0] : c;
	c->is_new = 1;
	if (c->is_array)
		for (u32 i = 0; i < c->elems; i++)
			c->p_new.p_u8[i] = val + 30 * i;
	else if (val < c->min || val > c->max)
		return -34;
	else
		c->val = val;
	err = master->ops->try(master);
	err = err ? err : master->ops->set(master);
	if (master->is_volatile && !err)
		err = master->ops->get_volatile(master);
	report(*master->p_new.p_u8);
	c->is_new = 0;
	return err;
}

static void queue_one(u32 i)
{
	struct kvb *vb = queue->bufs[i];
	int err = queue->ops->buf_prepare(vb);

	report(err);
	if (err)
		return;
	queue->owned++;
	queue->ops->buf_queue(vb);
}

static void allocate(u32 count)
{
	u32 planes = 0, sizes[2] = {};

	report(queue->ops->queue_setup(queue, &count, &planes, sizes));
	report(count * 10 + planes);
	for (u32 i = 0; i < count; i++) {
		struct kvb *vb = kzalloc(queue->buf_struct_size, 0);

		vb->queue = queue;
		vb->index = i;
		vb->num_planes = planes;
		for (u32 p = 0; p < planes; p++) {
			vb->planes[p].length = sizes[p] - (i == 2 && !p);
			vb->planes[p].vaddr = kzalloc(sizes[p], 0);
		}
		queue->bufs[queue->num++] = vb;
		report(queue->ops->buf_init(vb));
	}
}

int later(void)
{
	int left;

	allocate(2);
	queue_one(1);
	report(queue->ops->start(queue, queue->owned));
	report(set(1, 65));
	report(set(1, 7));
	report(set(3, 1));
	report(set(4, 90));
	for (int i = 0; i < 3; i++)
		queue_one(i);
	report(queue->ops->start(queue, queue->owned));
	interrupt(irq_data);
	report(set(3, 2));
	report(set(2, 1));
	queue_one(0);
	interrupt(irq_data);
	queue->bufs[2]->planes[0].length++;
	queue_one(1);
	queue_one(2);
	interrupt(irq_data);
	queue->ops->stop(queue);
	interrupt(irq_data);
	left = queue->owned;
	for (u32 i = 0; i < queue->num; i++) {
		queue->ops->buf_cleanup(queue->bufs[i]);
		kfree(queue->bufs[i]->planes[0].vaddr);
		kfree(queue->bufs[i]->planes[1].vaddr);
		kfree(queue->bufs[i]);
	}
	while (handler->first) {
		struct kctrl *c = handler->first;

		handler->first = c->next;
		if (c->is_array)
			kfree(c->p_new.p);
		kfree(c);
	}
	return left;
}
