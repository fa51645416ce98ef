// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kfs_type *types;
static struct ksuper super;
static struct kdentry root;
int strcmp(const char *a, const char *b);
int kstrtouint(const char *string, u32 base, u32 *result);

int kregister_fs(struct kfs_type *t)
{
	kernel_only();
	t->next = types;
	types = t;
	return 0;
}

int kfs_parse(struct kfs_context *fc, const struct kparam_spec *specs, struct kparam *p,
	struct kparse_result *r)
{
	const char *key = p->key;
	u32 value = 0;

	kernel_only();
	r->negated = key[0] == 'n' && key[1] == 'o';
	if (r->negated)
		key += 2;
	for (; specs->name; specs++) {
		if (strcmp(specs->name, key))
			continue;
		if (p->string)
			kstrtouint(p->string, 10, &value);
		if (specs->type == 'b')
			r->boolean = !r->negated;
		else if (specs->type == 'i')
			r->int_32 = p->string[0] == '-' ? -3 : (int)value;
		else
			r->uint_32 = value;
		return specs->opt;
	}
	return -519;
}

int kget_tree(struct kfs_context *fc, int (*fill)(struct ksuper *sb, struct kfs_context *fc))
{
	kernel_only();
	fc->root = &super;
	return fill(&super, fc);
}

struct kinode *kiget(struct ksuper *sb, u64 ino, _Bool *new)
{
	struct kinode *i;

	kernel_only();
	for (i = sb->inodes; i; i = i->next)
		if (i->ino == ino) {
			i->count++;
			return i;
		}
	i = sb->op->alloc_inode(sb);
	i->ino = ino;
	i->sb = sb;
	i->count = 1;
	i->next = sb->inodes;
	sb->inodes = i;
	*new = 1;
	return i;
}

struct kdentry *kmake_root(struct kinode *i)
{
	kernel_only();
	root.inode = i;
	return i->mode >> 12 == 4 ? &root : NULL;
}

struct kdentry *ksplice(struct kinode *i, struct kdentry *d)
{
	kernel_only();
	d->inode = i;
	return NULL;
}

struct context {
	struct kdir_context ctx;
	int left;
	long sum;
};

static _Bool actor(struct kdir_context *ctx, const char *name, int len, long pos, u64 ino, u32 type)
{
	struct context *c = container_of(ctx, struct context, ctx);

	if (!c->left--)
		return 0;
	c->sum = c->sum * 7 + ino * 100 + type;
	for (int i = 0; i < len; i++)
		c->sum = (c->sum * 31 + name[i]) % 1000003;
	return 1;
}

static void look(struct kdentry *d, const char *name)
{
	struct kdentry *r;

	*d = (struct kdentry){.parent = &root};
	while (name[d->len]) {
		d->name[d->len] = name[d->len];
		d->len++;
	}
	r = root.inode->op->lookup(root.inode, d, 1);
	report(KIS_ERR(r) ? (long)r : d->inode ? (long)(d->inode->ino * 10 + d->inode->count) : -2);
}

static u8 image[128] = {[4] = 4, 20, 32, 3, 8, 60, 35, 1, 10, 100, 5, 1, 8, 110, 4, 2,
	2, 5, 'h', 'e', 'l', 'l', 'o', 0, 3, 2, 'l', 'n', 0, 0, 0, 0,
	4, 6, 's', 'e', 'c', 'o', 'n', 'd', 2, 4, 'h', 'a', 'r', 'd', 0, 0};

int later(void)
{
	static const struct kparam params[] = {{"uid", "77", 2}, {"noupper"}, {"shift", "12", 2},
		{"upper"}, {"shift", "-3", 2}, {"bogus", "1", 1}};
	struct kfs_context fc = {.source = image, .source_len = sizeof(image)};
	struct context c = {{actor}, 2};
	struct kdentry d[5];
	struct kfile f;
	char page[64] = "";
	u64 blocks = 0;
	u32 namelen = 0;
	long sum = 0;
	int n;

	memcpy(image + 60, "the quick brown fox jumps over dogs", 35);
	memcpy(image + 100, "hello", 5);
	memcpy(image + 110, "last", 4);
	types->init_context(&fc);
	for (int i = 0; i < 6; i++) {
		struct kparam p = params[i];

		report(fc.ops->parse_param(&fc, &p));
	}
	report(fc.ops->get_tree(&fc));
	fc.ops->free(&fc);
	report(super.op->statfs(&super, &blocks, &namelen) + blocks * 10 + namelen);
	n = super.op->show_options(&super, page, sizeof(page));
	for (int i = 0; i < n; i++)
		sum = (sum * 31 + page[i]) % 1000003;
	report(sum * 100 + n);
	f = (struct kfile){root.inode, 0};
	for (int i = 0; i < 2; i++) {
		c.left = 2 + i;
		report(root.inode->fop->iterate(&f, &c.ctx) + c.ctx.pos * 10000000 + c.sum);
	}
	look(&d[0], "hello");
	look(&d[1], "ln");
	look(&d[2], "hard");
	look(&d[3], "nothing");
	look(&d[3], "none");
	look(&d[4], "second");
	report(d[1].inode->op->get_link(&d[1], d[1].inode)[4]);
	report(d[0].inode->op->setattr(d[0].inode, 8, 40));
	report(d[0].inode->op->setattr(d[2].inode, 8, 30));
	for (u64 i = 0; i < 3; i++) {
		struct kpage p = {.index = i};

		report(d[2].inode->a_ops->read_folio(&f, &p, d[2].inode));
		for (int k = 0; k < 16; k += 5)
			report(p.data[k] * 10 + p.flags);
	}
	f.inode = d[4].inode;
	report(f.inode->fop->ioctl(&f, 7, 5));
	report(f.inode->fop->ioctl(&f, 8, 5));
	root.inode = NULL;
	super.root = NULL;
	while (super.inodes) {
		struct kinode *i = super.inodes;

		super.inodes = i->next;
		super.op->evict(i);
		super.op->free_inode(i);
	}
	super.op->put_super(&super);
	types->kill_sb(&super);
	return !super.fs_info;
}
