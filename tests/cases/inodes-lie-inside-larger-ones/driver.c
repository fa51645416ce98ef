// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dirent {
	u8 ino, len;
	char name[6];
} __attribute__((packed));

struct x_disk_inode {
	u8 kind, start, size, nlink;
};

struct x_opts {
	u32 uid;
	_Bool upper;
	int shift;
};

struct x_sb {
	const u8 *image;
	u32 length, evicted, live;
	struct x_opts opts;
};

struct x_inode {
	u32 start, reads;
	struct kinode vfs;
	char link[8];
};

enum { OPT_UID, OPT_UPPER, OPT_SHIFT };

static const struct kparam_spec specs[] = {{"uid", 'u', OPT_UID}, {"upper", 'b', OPT_UPPER},
	{"shift", 'i', OPT_SHIFT}, {}};

#define to_x(i) container_of(i, struct x_inode, vfs)

static struct kinode *x_iget(struct ksuper *sb, u64 ino);

static struct kinode *alloc_inode(struct ksuper *sb)
{
	struct x_inode *x = kzalloc(sizeof(*x), 0);

	((struct x_sb *)sb->fs_info)->live++;
	x->reads = 100;
	return &x->vfs;
}

static void free_inode(struct kinode *i)
{
	kfree(to_x(i));
}

static void evict(struct kinode *i)
{
	struct x_sb *s = i->sb->fs_info;

	s->evicted++;
	s->live--;
	report(i->ino * 1000 + to_x(i)->reads);
}

static int statfs(struct ksuper *sb, u64 *blocks, u32 *namelen)
{
	struct x_sb *s = sb->fs_info;

	*blocks = s->length / sb->blocksize;
	*namelen = sizeof(((struct x_dirent *)0)->name);
	return 0;
}

static void put_super(struct ksuper *sb)
{
	struct x_sb *s = sb->fs_info;

	report(s->evicted * 10 + s->live);
	kfree(s);
	sb->fs_info = NULL;
}

static int show_options(struct ksuper *sb, char *page, int len)
{
	struct x_sb *s = sb->fs_info;

	return snprintf(page, len, ",uid=%u%s,shift=%d", s->opts.uid, s->opts.upper ? ",upper" : "",
		s->opts.shift);
}

static int iterate(struct kfile *f, struct kdir_context *ctx)
{
	struct x_inode *x = to_x(f->inode);
	struct x_sb *s = f->inode->sb->fs_info;

	while ((u64)ctx->pos < f->inode->size / sizeof(struct x_dirent)) {
		const struct x_dirent *e = (const struct x_dirent *)(s->image + x->start) + ctx->pos;

		if (!ctx->actor(ctx, e->name, e->len, ctx->pos, e->ino, s->image[e->ino * 4]))
			break;
		ctx->pos++;
	}
	return 0;
}

static struct kdentry *lookup(struct kinode *dir, struct kdentry *d, u32 flags)
{
	struct x_sb *s = dir->sb->fs_info;
	const struct x_dirent *e = (const struct x_dirent *)(s->image + to_x(dir)->start);
	struct kinode *found = NULL;

	if (d->len > sizeof(e->name))
		return KERR_PTR(-36);
	for (u32 n = 0; n < dir->size / sizeof(*e) && !found; n++, e++) {
		u32 i = 0;

		while (i < e->len && e->len == d->len && e->name[i] == d->name[i])
			i++;
		if (i == d->len && i == e->len)
			found = x_iget(dir->sb, e->ino);
	}
	d->fsdata = found ? to_x(found) : NULL;
	return ksplice(found, d);
}

static int setattr(struct kinode *i, u32 valid, u64 size)
{
	if (!(valid & 8))
		return -95;
	if (size > i->size)
		return -27;
	i->size = size;
	return 0;
}

static const char *get_link(struct kdentry *d, struct kinode *i)
{
	return ((struct x_inode *)d->fsdata)->link;
}

static int read_folio(struct kfile *f, struct kpage *p, struct kinode *i)
{
	struct x_inode *x = to_x(i);
	struct x_sb *s = i->sb->fs_info;

	if (p->index * 16 >= i->size)
		return -5;
	x->reads++;
	for (u32 k = 0; k < 16 && p->index * 16 + k < i->size; k++) {
		u8 c = s->image[x->start + p->index * 16 + k];

		p->data[k] = (s->opts.upper && c >= 'a' && c <= 'z' ? c - 32 : c) + s->opts.shift;
	}
	p->flags |= 1;
	return 0;
}

static long ioctl(struct kfile *f, u32 cmd, unsigned long arg)
{
	return cmd == 7 ? (long)(to_x(f->inode)->start + arg) : -25;
}

static const struct kinode_ops dir_ops = {lookup, setattr}, file_ops = {NULL, setattr},
	link_ops = {NULL, setattr, get_link};
static const struct kfile_ops dir_fops = {iterate}, file_fops = {NULL, ioctl};
static const struct kmapping_ops a_ops = {read_folio};

static struct kinode *x_iget(struct ksuper *sb, u64 ino)
{
	struct x_sb *s = sb->fs_info;
	const struct x_disk_inode *raw = (const struct x_disk_inode *)s->image + ino;
	_Bool new = 0;
	struct kinode *i = kiget(sb, ino, &new);

	if (!new)
		return i;
	i->mode = raw->kind << 12 | 0644;
	i->nlink = raw->nlink;
	i->size = raw->size;
	to_x(i)->start = raw->start;
	i->op = raw->kind == 4 ? &dir_ops : raw->kind == 10 ? &link_ops : &file_ops;
	i->fop = raw->kind == 4 ? &dir_fops : &file_fops;
	i->a_ops = &a_ops;
	if (raw->kind == 10)
		memcpy(to_x(i)->link, s->image + raw->start, raw->size);
	return i;
}

static const struct ksuper_ops super_ops = {alloc_inode, free_inode, evict, statfs, put_super,
	show_options};

static int fill(struct ksuper *sb, struct kfs_context *fc)
{
	struct x_sb *s = kzalloc(sizeof(*s), 0);

	s->image = fc->source;
	s->length = fc->source_len;
	s->opts = *(struct x_opts *)fc->fs_private;
	sb->magic = 0x5846;
	sb->blocksize = 16;
	sb->op = &super_ops;
	sb->fs_info = s;
	sb->root = kmake_root(x_iget(sb, 1));
	return sb->root ? 0 : -12;
}

static int parse_param(struct kfs_context *fc, struct kparam *p)
{
	struct x_opts *o = fc->fs_private;
	struct kparse_result r;
	int opt = kfs_parse(fc, specs, p, &r);

	switch (opt) {
	case OPT_UID:
		o->uid = r.uint_32;
		break;
	case OPT_UPPER:
		o->upper = !r.negated;
		break;
	case OPT_SHIFT:
		if (r.int_32 > 9)
			return -22;
		o->shift = r.int_32;
		break;
	default:
		return opt;
	}
	return 0;
}

static void free_context(struct kfs_context *fc)
{
	kfree(fc->fs_private);
}

static int get_tree(struct kfs_context *fc)
{
	return kget_tree(fc, fill);
}

static const struct kfs_context_ops context_ops = {free_context, parse_param, get_tree};

static int init_context(struct kfs_context *fc)
{
	struct x_opts *o = kzalloc(sizeof(*o), 0);

	o->uid = 1000;
	fc->fs_private = o;
	fc->ops = &context_ops;
	return 0;
}

static void kill_sb(struct ksuper *sb)
{
	report(sb->magic + !!sb->fs_info);
}

static struct kfs_type type = {"xfs-in-small", specs, init_context, kill_sb};

static int x_init(void)
{
	return kregister_fs(&type);
}

module_init(x_init);
