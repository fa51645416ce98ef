// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct region {
	u32 da;
	u32 len;
	const char *name;
};

struct dsp {
	struct rproc *rproc;
	u8 tcm[32];
	int mapped, running;
	const struct region *regions;
	int n_regions;
};

static const struct region regions[] = {{0x1000, 32, "vring"}, {0x8000, 16, "trace"}};

static int dsp_mem_alloc(struct rproc *rproc, struct rproc_mem_entry *mem)
{
	struct dsp *dsp = rproc->priv;
	const struct region *region = mem->priv;

	mem->va = kzalloc(mem->len, 0);
	if (!mem->va)
		return -12;
	((u8 *)mem->va)[0] = region->name[0];
	dsp->mapped += mem->len;
	return 0;
}

static int dsp_mem_release(struct rproc *rproc, struct rproc_mem_entry *mem)
{
	struct dsp *dsp = rproc->priv;

	report(((u8 *)mem->va)[mem->len - 1]);
	dsp->mapped -= mem->len;
	kfree(mem->va);
	mem->va = NULL;
	return 0;
}

static int dsp_prepare(struct rproc *rproc)
{
	struct dsp *dsp = rproc->priv;

	for (int i = 0; i < dsp->n_regions; i++) {
		struct rproc_mem_entry *mem = kzalloc(sizeof(*mem), 0);

		if (!mem)
			return -12;
		mem->da = dsp->regions[i].da;
		mem->len = dsp->regions[i].len;
		mem->priv = (void *)&dsp->regions[i];
		mem->alloc = dsp_mem_alloc;
		mem->release = dsp_mem_release;
		strscpy(mem->name, dsp->regions[i].name, sizeof(mem->name));
		rproc_add_carveout(rproc, mem);
	}
	return 0;
}

static int dsp_parse_fw(struct rproc *rproc, const struct firmware *fw)
{
	int ret = rproc_load_rsc_table(rproc, fw);

	report(fw->size);
	return ret == -2 ? 0 : ret;
}

static void *dsp_da_to_va(struct rproc *rproc, u64 da, size_t len, _Bool *is_iomem)
{
	struct dsp *dsp = rproc->priv;

	if (da + len > sizeof(dsp->tcm))
		return NULL;
	*is_iomem = 1;
	return dsp->tcm + da;
}

static int dsp_start(struct rproc *rproc)
{
	struct dsp *dsp = rproc->priv;
	struct resource_table *table = rproc->table_ptr;

	dsp->running = 1;
	for (u32 i = 0; i < table->num; i++) {
		struct fw_rsc_hdr *hdr = (void *)((char *)table + table->offset[i]);
		struct fw_rsc_carveout *rsc = (void *)hdr->data;

		if (hdr->type == 0)
			report(rsc->da + rsc->flags);
	}
	report(dsp->tcm[4] << 8 | dsp->tcm[5]);
	report(dsp->mapped);
	return rproc->bootaddr == 4 ? 0 : -22;
}

static int dsp_stop(struct rproc *rproc)
{
	struct dsp *dsp = rproc->priv;

	dsp->running = 0;
	return dsp->mapped;
}

static const struct rproc_ops dsp_ops = {
	dsp_prepare, dsp_start, dsp_stop, dsp_da_to_va, dsp_parse_fw};

static int dsp_probe(void)
{
	struct rproc *rproc = rproc_alloc("dsp", &dsp_ops, sizeof(struct dsp));
	struct dsp *dsp;

	if (!rproc)
		return -12;
	dsp = rproc->priv;
	dsp->rproc = rproc;
	dsp->regions = regions;
	dsp->n_regions = 2;
	return rproc_add(rproc);
}

module_init(dsp_probe);
