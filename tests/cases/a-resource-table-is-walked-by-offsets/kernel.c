// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct rproc *added;

static const struct {
	struct resource_table head;
	u32 offset[3];
	struct {
		u32 type;
		struct fw_rsc_carveout rsc;
	} first;
	u32 other[2];
	struct {
		u32 type;
		struct fw_rsc_carveout rsc;
	} second;
} image = {{1, 3}, {20, 48, 56}, {0, {0, 24, 3, "vring"}}, {9, 77}, {0, {0, 16, 1, "trace"}}};

struct rproc *rproc_alloc(const char *name, const struct rproc_ops *ops, int len)
{
	struct rproc *rproc = kzalloc(sizeof(*rproc) + len, 0);

	kernel_only();
	rproc->name = name;
	rproc->ops = ops;
	rproc->priv = rproc + 1;
	rproc->carveouts.next = rproc->carveouts.prev = &rproc->carveouts;
	return rproc;
}

int rproc_add(struct rproc *rproc)
{
	kernel_only();
	added = rproc;
	return 0;
}

int rproc_load_rsc_table(struct rproc *rproc, const struct firmware *fw)
{
	kernel_only();
	if (fw->size < sizeof(struct resource_table))
		return -2;
	rproc->table_ptr = kzalloc(fw->size, 0);
	memcpy(rproc->table_ptr, fw->data, fw->size);
	rproc->table_sz = fw->size;
	return 0;
}

void rproc_add_carveout(struct rproc *rproc, struct rproc_mem_entry *mem)
{
	kernel_only();
	mem->node.next = &rproc->carveouts;
	mem->node.prev = rproc->carveouts.prev;
	rproc->carveouts.prev->next = &mem->node;
	rproc->carveouts.prev = &mem->node;
}

static void handle_carveout(struct rproc *rproc, struct fw_rsc_carveout *rsc)
{
	for (struct list_head *at = rproc->carveouts.next; at != &rproc->carveouts; at = at->next) {
		struct rproc_mem_entry *mem = container_of(at, struct rproc_mem_entry, node);

		if (strcmp(mem->name, rsc->name) || rsc->len > mem->len)
			continue;
		if (!mem->va && mem->alloc(rproc, mem))
			return;
		rsc->da = mem->da;
		((u8 *)mem->va)[mem->len - 1] = ((u8 *)mem->va)[0] + 1;
	}
}

int later(void)
{
	struct rproc *rproc = added;
	struct firmware fw = {.size = sizeof(image), .data = (const u8 *)&image};
	struct list_head *next;
	_Bool iomem = 0;
	u8 *va;

	report(rproc->ops->prepare(rproc));
	report(rproc->ops->parse_fw(rproc, &fw));
	for (u32 i = 0; i < rproc->table_ptr->num; i++) {
		struct fw_rsc_hdr *hdr = (void *)((char *)rproc->table_ptr + rproc->table_ptr->offset[i]);

		if (hdr->type == 0)
			handle_carveout(rproc, (void *)hdr->data);
	}
	va = rproc->ops->da_to_va(rproc, 4, 2, &iomem);
	va[0] = 0xab;
	va[1] = 0xcd;
	report(iomem);
	report(rproc->ops->da_to_va(rproc, 31, 2, &iomem) == NULL);
	rproc->bootaddr = 4;
	report(rproc->ops->start(rproc));
	for (struct list_head *at = rproc->carveouts.next; at != &rproc->carveouts; at = next) {
		struct rproc_mem_entry *mem = container_of(at, struct rproc_mem_entry, node);

		next = at->next;
		at->prev->next = next;
		next->prev = at->prev;
		mem->release(rproc, mem);
		kfree(mem);
	}
	return rproc->ops->stop(rproc);
}
