// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct fops *F;
static int live;

struct page *page_alloc(void)
{
	kernel_only();
	live++;
	return kzalloc(sizeof(struct page), 0);
}

void page_put(struct page *p)
{
	kernel_only();
	live--;
	kfree(p);
}

static void use(void)
{
	struct file f = {NULL, F, 3};
	struct vma v = {0x1000, 0x4000}, w = {0, 0x9000};
	struct vmf m = {&v};
	report(F->open(&f));
	report(F->mmap(&f, &w));
	report(F->mmap(&f, &v) + v.flags);
	for (int i = 0; i < 5; i++) {
		m.pgoff = i % 3;
		m.page = NULL;
		report(v.ops->fault(&m));
		report(m.page ? m.page->index : -1);
	}
	m.pgoff = 9;
	report(v.ops->fault(&m));
	v.ops->open(&v);
	v.ops->close(&v);
	v.ops->close(&v);
	report(F->ioctl(&f, 1, 100));
	report(F->ioctl(&f, 2, 100));
	report(F->release(&f));
	report(live);
}

int chr_register(const struct fops *f)
{
	kernel_only();
	F = f;
	use();
	return 7;
}

int later(void)
{
	use();
	return 0;
}
