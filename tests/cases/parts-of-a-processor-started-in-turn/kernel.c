// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct rproc *processor;

static void add_tail(struct list_head *node, struct list_head *head)
{
	node->prev = head->prev;
	node->next = head;
	head->prev->next = node;
	head->prev = node;
}

struct rproc *krproc_alloc(const char *name, const struct rproc_ops *ops, int len)
{
	struct rproc *r = kzalloc(sizeof(*r) + len, 0);

	kernel_only();
	r->name = name;
	r->ops = ops;
	r->priv = r + 1;
	r->subdevs.next = r->subdevs.prev = &r->subdevs;
	r->carveouts.next = r->carveouts.prev = &r->carveouts;
	return r;
}

int krproc_add(struct rproc *rproc)
{
	kernel_only();
	processor = rproc;
	return rproc->name[3] == 'p' ? 0 : -22;
}

void krproc_add_subdev(struct rproc *rproc, struct rproc_subdev *subdev)
{
	kernel_only();
	add_tail(&subdev->node, &rproc->subdevs);
}

void krproc_add_carveout(struct rproc *rproc, struct rproc_mem *mem)
{
	kernel_only();
	report(mem->name[1]);
	add_tail(&mem->node, &rproc->carveouts);
}

void krproc_report_crash(struct rproc *rproc, int type)
{
	kernel_only();
	rproc->crash_cnt++;
	rproc->state = 10 + type;
}

static u8 *translate(struct rproc *r, u64 da, size_t len)
{
	u8 *va = r->ops->da_to_va(r, da, len);

	if (va)
		return va;
	for (struct list_head *at = r->carveouts.next; at != &r->carveouts; at = at->next) {
		struct rproc_mem *mem = container_of(at, struct rproc_mem, node);

		if (mem->va && da >= mem->da && da + len <= mem->da + mem->len)
			return (u8 *)mem->va + (da - mem->da);
	}
	return NULL;
}

static int boot(struct rproc *r, const u8 *image, size_t size)
{
	struct firmware fw = {size, image};
	int err = r->ops->parse_fw(r, &fw);
	u8 *to;

	if (err)
		return err;
	for (struct list_head *at = r->carveouts.next; at != &r->carveouts; at = at->next) {
		struct rproc_mem *mem = container_of(at, struct rproc_mem, node);

		if (mem->alloc && mem->alloc(r, mem))
			return -12;
	}
	to = translate(r, 0x101, 4);
	report(to != NULL);
	if (to)
		memcpy(to, image, 4);
	to = translate(r, 0x201, 2);
	report(to != NULL);
	if (to)
		to[0] = 77, to[1] = 1;
	for (struct list_head *at = r->subdevs.next; at != &r->subdevs; at = at->next) {
		struct rproc_subdev *subdev = container_of(at, struct rproc_subdev, node);

		if (subdev->prepare)
			subdev->prepare(subdev);
	}
	err = r->ops->start(r);
	if (err)
		return err;
	for (struct list_head *at = r->subdevs.next; at != &r->subdevs; at = at->next) {
		struct rproc_subdev *subdev = container_of(at, struct rproc_subdev, node);

		if (subdev->start)
			subdev->start(subdev);
	}
	r->state = 2;
	return 0;
}

static void shutdown(struct rproc *r)
{
	for (struct list_head *at = r->subdevs.prev; at != &r->subdevs; at = at->prev)
		container_of(at, struct rproc_subdev, node)
			->stop(container_of(at, struct rproc_subdev, node), r->crash_cnt > 0);
	r->ops->stop(r);
	for (struct list_head *at = r->carveouts.next, *next; at != &r->carveouts; at = next) {
		struct rproc_mem *mem = container_of(at, struct rproc_mem, node);

		next = at->next;
		if (mem->release)
			mem->release(r, mem);
	}
	r->state = 0;
}

int later(void)
{
	static const u8 image[] = {'F', 3, 1, 0x12, 0x34, 2, 0x10, 32, 3, 0x20, 16};

	report(boot(processor, image + 1, 10));
	report(boot(processor, image, sizeof(image)));
	for (int i = 0; i < 2; i++)
		processor->ops->kick(processor, i + 3);
	report(processor->state);
	shutdown(processor);
	return processor->crash_cnt;
}
