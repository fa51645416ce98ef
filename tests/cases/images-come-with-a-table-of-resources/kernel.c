// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct krproc *the;
static void (*remove_function)(struct krproc *r);
static void (*wdog)(void *data, int n);
static void *wdog_data;
static char firmware_name[12];
int strcmp(const char *a, const char *b);

struct krproc *krproc_alloc(const char *name, const struct krproc_ops *ops, const char *fw, int len)
{
	struct krproc *r = kzalloc(sizeof(*r) + len, 0);

	kernel_only();
	r->name = name;
	r->ops = ops;
	r->priv = r + 1;
	for (int i = 0; name[i] && i < 8; i++)
		firmware_name[i] = name[i];
	r->firmware = fw ? fw : firmware_name;
	return r;
}

int krproc_add(struct krproc *r, void (*remove)(struct krproc *r))
{
	kernel_only();
	the = r;
	remove_function = remove;
	return 0;
}

void krproc_free(struct krproc *r)
{
	kernel_only();
	kfree(r);
}

void krproc_add_subdev(struct krproc *r, struct ksubdev *s)
{
	kernel_only();
	s->next = r->subdevs;
	r->subdevs = s;
}

struct kcarveout *kcarveout_init(void *va, u32 len, u32 da,
	int (*alloc)(struct krproc *, struct kcarveout *),
	int (*release)(struct krproc *, struct kcarveout *), const char *name)
{
	struct kcarveout *m = kzalloc(sizeof(*m), 0);

	kernel_only();
	m->va = va;
	m->len = len;
	m->da = da;
	m->alloc = alloc;
	m->release = release;
	for (int i = 0; name[i] && i < 7; i++)
		m->name[i] = name[i];
	return m;
}

void kcarveout_add(struct krproc *r, struct kcarveout *m)
{
	kernel_only();
	m->next = r->carveouts;
	r->carveouts = m;
}

struct kcarveout *kcarveout_find(struct krproc *r, const char *name)
{
	kernel_only();
	for (struct kcarveout *m = r->carveouts; m; m = m->next)
		if (!strcmp(m->name, name))
			return m;
	return NULL;
}

void *kda_to_va(struct krproc *r, u64 da, size_t len, _Bool *is_iomem)
{
	void *va;

	kernel_only();
	va = r->ops->da_to_va(r, da, len, is_iomem);
	if (va)
		return va;
	for (struct kcarveout *m = r->carveouts; m; m = m->next)
		if (m->va && da >= m->da && da + len <= m->da + m->len)
			return (u8 *)m->va + (da - m->da);
	return NULL;
}

int kvq_interrupt(struct krproc *r, int vqid)
{
	kernel_only();
	return r->state * 10 + vqid;
}

int kreport_crash(struct krproc *r, int type)
{
	kernel_only();
	r->crash_cnt += type;
	r->state = 3;
	return r->crash_cnt;
}

int kwdog(void (*fn)(void *data, int n), void *data)
{
	kernel_only();
	wdog = fn;
	wdog_data = data;
	return 1;
}

static int own_alloc(struct krproc *r, struct kcarveout *m)
{
	m->va = kzalloc(m->len, 0);
	return 0;
}

static int own_release(struct krproc *r, struct kcarveout *m)
{
	report(((u8 *)m->va)[0] * 1000 + ((u8 *)m->va)[m->len - 1]);
	kfree(m->va);
	return 0;
}

static void resource(struct krproc *r, u32 off, u32 avail)
{
	struct kres_hdr *h = (struct kres_hdr *)((u8 *)r->table + off);
	struct kres_carveout *c = (void *)h->data;
	struct kres_trace *t = (void *)h->data;
	struct kres_vdev *v = (void *)h->data;
	int err = r->ops->handle_rsc(r, h->type, h->data, off + 4, avail - 4);

	report(err * 1000 + h->type);
	if (err <= 0)
		return;
	switch (h->type) {
	case RES_CARVEOUT:
		kcarveout_add(r, kcarveout_init(NULL, c->len, c->da, own_alloc, own_release, c->name));
		c->pa = c->da + 1;
		break;
	case RES_TRACE:
		r->ntraces += t->len;
		break;
	case RES_VDEV:
		v->gfeatures = v->dfeatures & 5;
		v->status |= 7;
		for (int i = 0; i < v->num_vrings; i++)
			report(v->vring[i].da + v->vring[i].num);
	}
}

static int boot(struct krproc *r, const struct kfirmware *fw)
{
	int err = r->ops->sanity_check(r, fw);

	if (!err)
		err = r->ops->parse_fw(r, fw);
	if (err)
		return err;
	r->bootaddr = r->ops->boot_addr(r, fw);
	r->ops->prepare(r);
	for (u32 i = 0; i < r->table->num; i++)
		resource(r, r->table->offset[i],
			(i + 1 < r->table->num ? r->table->offset[i + 1] : r->table_sz) - r->table->offset[i]);
	for (struct kcarveout *m = r->carveouts; m; m = m->next)
		report(m->alloc(r, m) + m->name[0]);
	err = r->ops->load(r, fw);
	if (!err)
		err = r->ops->start(r);
	r->state = err ? 0 : 2;
	return err;
}

static void shutdown(struct krproc *r)
{
	long sum = 0;

	report(r->ops->stop(r));
	while (r->carveouts) {
		struct kcarveout *m = r->carveouts;

		r->carveouts = m->next;
		m->release(r, m);
		kfree(m);
	}
	for (u32 i = 0; i < r->table_sz; i++)
		sum = (sum * 31 + ((u8 *)r->table)[i]) % 1000003;
	report(sum);
	kfree(r->cached_table);
	r->table = r->cached_table = NULL;
	r->table_sz = 0;
}

static struct {
	struct kfw_head head;
	struct kfw_seg segs[3];

	struct {
		u32 ver, num, reserved[2], offset[4];
		u32 type0;
		struct kres_carveout carveout;
		u32 type1;
		struct kres_trace trace;
		u32 type2, id, df, gf;
		u8 status, nvrings, pad[2];
		struct kres_vring vrings[2];
		u32 type3;
		u16 words[4];
	} table;

	u8 bytes[64];
} image = {{{0x7f, 'X', 'O', 'F'}, 0x104, 3}, {{0, 0, 30, 40}, {0, 0x1008, 10, 24}, {0, 0x8004, 20, 20}},
	{1, 4, {}, {32, 60, 80, 124}, RES_CARVEOUT, {0x9000, 0, 16, 3, "share"}, RES_TRACE,
		{0x9100, 64, "log"}, RES_VDEV, 7, 13, 0, 0, 2, {}, {{0xa000, 16, 8}, {0xb000, 16, 4}},
		RES_VENDOR, {3, 1, 4, 1}}};

int later(void)
{
	struct kfirmware fw = {sizeof(image), (const u8 *)&image}, tiny = {8, (const u8 *)&image};
	int crashes;

	for (int i = 0; i < 64; i++)
		image.bytes[i] = i * 7 + 1;
	for (int i = 0; i < 3; i++)
		image.segs[i].offset = (u8 *)&image.bytes[i * 20] - (u8 *)&image;
	report(boot(the, &fw));
	report(boot(the, &tiny));
	image.head.table_off = (u8 *)&image.table - (u8 *)&image;
	image.head.table_size = sizeof(image.table);
	report(boot(the, &fw));
	for (struct ksubdev *s = the->subdevs; s; s = s->next)
		report(s->start(s));
	the->ops->kick(the, 0);
	the->ops->kick(the, 1);
	wdog(wdog_data, 5);
	for (struct ksubdev *s = the->subdevs; s; s = s->next)
		s->stop(s, the->state == 3);
	shutdown(the);
	image.segs[2].da = 0x8020;
	report(boot(the, &fw));
	shutdown(the);
	image.segs[2].da = 0x8000;
	image.head.entry = 0x33;
	report(boot(the, &fw));
	shutdown(the);
	image.head.magic[3] = 'G';
	report(boot(the, &fw));
	crashes = the->crash_cnt + the->ntraces;
	remove_function(the);
	return crashes;
}
