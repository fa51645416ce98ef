// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_mem {
	const char *name;
	u32 da, size;
	void *cpu;
};

struct x_rproc {
	struct krproc *rproc;
	struct x_mem mem[2];
	struct ksubdev wdog;
	u32 kicks, vendor, boots, quirks;
	const struct x_data *data;
};

static const struct x_data {
	struct x_mem mems[2];
	u32 quirks;
} data = {{{"itcm", 0x0, 48}, {"dtcm", 0x1000, 32}}, 6};

static int ddr_alloc(struct krproc *r, struct kcarveout *m)
{
	struct x_rproc *x = r->priv;

	m->va = kzalloc(m->len, 0);
	m->priv = &x->mem[1];
	x->quirks += m->len;
	return 0;
}

static int ddr_release(struct krproc *r, struct kcarveout *m)
{
	struct x_mem *mem = m->priv;
	long sum = 0;

	for (u32 i = 0; i < m->len; i++)
		sum = (sum * 31 + ((u8 *)m->va)[i]) % 1000003;
	report(sum);
	report(m->len + mem->name[0]);
	kfree(m->va);
	return 0;
}

static int x_prepare(struct krproc *r)
{
	kcarveout_add(r, kcarveout_init(NULL, 40, 0x8000, ddr_alloc, ddr_release, "ddr"));
	return 0;
}

static int sanity_check(struct krproc *r, const struct kfirmware *fw)
{
	const struct kfw_head *h = (const struct kfw_head *)fw->data;

	if (fw->size < sizeof(*h))
		return -22;
	if (h->magic[0] != 0x7f || h->magic[3] != 'F')
		return -8;
	return h->nsegs * sizeof(struct kfw_seg) + sizeof(*h) > fw->size ? -22 : 0;
}

static int x_load(struct krproc *r, const struct kfirmware *fw)
{
	const struct kfw_head *h = (const struct kfw_head *)fw->data;
	const struct kfw_seg *s = (const struct kfw_seg *)(h + 1);

	for (u32 i = 0; i < h->nsegs; i++, s++) {
		_Bool iomem = 0;
		u8 *to;

		if (s->offset + s->filesz > fw->size)
			return -22;
		to = kda_to_va(r, s->da, s->memsz, &iomem);
		if (!to)
			return -14;
		memcpy(to, fw->data + s->offset, s->filesz);
		if (s->memsz > s->filesz)
			memset(to + s->filesz, iomem ? 0xff : 0, s->memsz - s->filesz);
		report(s->da * 10 + iomem);
	}
	return 0;
}

static int parse_fw(struct krproc *r, const struct kfirmware *fw)
{
	const struct kfw_head *h = (const struct kfw_head *)fw->data;
	struct kres_table *t;

	if (!h->table_size)
		return -2;
	t = kzalloc(h->table_size, 0);
	memcpy(t, fw->data + h->table_off, h->table_size);
	if (t->ver != 1 || t->num > 8) {
		kfree(t);
		return -22;
	}
	r->cached_table = t;
	r->table = t;
	r->table_sz = h->table_size;
	return 0;
}

static int handle_rsc(struct krproc *r, u32 type, void *rsc, int offset, int avail)
{
	struct x_rproc *x = r->priv;
	u16 *words = rsc;

	if (type != RES_VENDOR)
		return 1;
	for (int i = 0; i < avail / 2; i++)
		x->vendor = x->vendor * 3 + words[i];
	words[0] = 0xbeef;
	return 0;
}

static u64 boot_addr(struct krproc *r, const struct kfirmware *fw)
{
	return ((const struct kfw_head *)fw->data)->entry;
}

static void *da_to_va(struct krproc *r, u64 da, size_t len, _Bool *is_iomem)
{
	struct x_rproc *x = r->priv;

	for (int i = 0; i < 2; i++) {
		struct x_mem *m = &x->mem[i];

		if (da < m->da || da + len > m->da + m->size)
			continue;
		*is_iomem = i;
		return (u8 *)m->cpu + (da - m->da);
	}
	return NULL;
}

static int x_start(struct krproc *r)
{
	struct x_rproc *x = r->priv;
	struct kcarveout *c = kcarveout_find(r, "share");

	x->boots++;
	if (c) {
		u8 *at = c->va;

		at[0] = r->bootaddr;
		at[c->len - 1] = x->boots;
	}
	return r->bootaddr & 1 ? -22 : 0;
}

static int x_stop(struct krproc *r)
{
	struct x_rproc *x = r->priv;
	long sum = 0;

	for (int i = 0; i < 2; i++)
		for (u32 k = 0; k < x->mem[i].size; k++)
			sum = (sum * 31 + ((u8 *)x->mem[i].cpu)[k]) % 1000003;
	report(sum);
	return r->crash_cnt;
}

static void kick(struct krproc *r, int vqid)
{
	struct x_rproc *x = r->priv;

	x->kicks = x->kicks * 10 + vqid;
	if (vqid == 1)
		report(kvq_interrupt(r, 0));
}

static const struct krproc_ops ops = {x_prepare, x_start, x_stop, kick, da_to_va, sanity_check,
	x_load, parse_fw, handle_rsc, boot_addr};

static int wdog_start(struct ksubdev *s)
{
	struct x_rproc *x = container_of(s, struct x_rproc, wdog);

	return x->data->quirks & 4 ? x->boots : -1;
}

static void wdog_stop(struct ksubdev *s, _Bool crashed)
{
	struct x_rproc *x = container_of(s, struct x_rproc, wdog);

	report(x->kicks * 10 + crashed);
}

static void bite(void *cookie, int n)
{
	struct x_rproc *x = cookie;

	report(kreport_crash(x->rproc, n % 3));
}

static void remove(struct krproc *r)
{
	struct x_rproc *x = r->priv;

	report(x->vendor);
	report(x->quirks);
	for (int i = 0; i < 2; i++)
		kfree(x->mem[i].cpu);
	krproc_free(r);
}

static int x_init(void)
{
	struct krproc *r = krproc_alloc("x-dsp", &ops, NULL, sizeof(struct x_rproc));
	struct x_rproc *x;

	if (!r)
		return -12;
	x = r->priv;
	x->rproc = r;
	x->data = &data;
	report(r->firmware[2]);
	for (int i = 0; i < 2; i++) {
		x->mem[i] = data.mems[i];
		x->mem[i].cpu = kzalloc(x->mem[i].size, 0);
	}
	x->wdog.start = wdog_start;
	x->wdog.stop = wdog_stop;
	krproc_add_subdev(r, &x->wdog);
	report(kwdog(bite, x));
	return krproc_add(r, remove);
}

module_init(x_init);
