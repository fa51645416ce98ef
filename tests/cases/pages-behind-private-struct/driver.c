// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct buf {
	struct page *pages[4];
	u32 maps, faults;
};

static void vopen(struct vma *v)
{
	struct buf *b = v->priv;
	b->maps++;
}

static void vclose(struct vma *v)
{
	struct buf *b = v->priv;
	b->maps--;
}

static int fault(struct vmf *f)
{
	struct buf *b = f->vma->priv;
	if (f->pgoff > 3)
		return 2;
	if (!b->pages[f->pgoff]) {
		b->pages[f->pgoff] = page_alloc();
		b->pages[f->pgoff]->index = f->pgoff;
	}
	b->faults++;
	f->page = b->pages[f->pgoff];
	return 0;
}
static const struct vops vo = {vopen, vclose, fault};

static int op(struct file *f)
{
	f->priv = kzalloc(sizeof(struct buf), 0);
	return 0;
}

static int mm(struct file *f, struct vma *v)
{
	if (v->end - v->start > 0x4000)
		return -22;
	v->ops = &vo;
	v->priv = f->priv;
	v->flags |= 0x10;
	vopen(v);
	return 0;
}

static int rel(struct file *f)
{
	struct buf *b = f->priv;
	int n = b->faults;
	for (int i = 0; i < 4; i++)
		if (b->pages[i])
			page_put(b->pages[i]);
	report(b->maps);
	kfree(b);
	return n;
}

static long ioc(struct file *f, u32 cmd, u64 arg)
{
	struct buf *b = f->priv;
	return cmd == 1 ? b->faults + arg : -25;
}
static const struct fops fo = {op, mm, rel, ioc};

static int x_init(void)
{
	report(chr_register(&fo));
	return 0;
}

module_init(x_init);
