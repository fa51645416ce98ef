// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct getdents {
	struct dir_context ctx;
	long sum;
	int room;
};

static struct file_system_type *type;
static u64 last_ino = 500;

int register_filesystem(struct file_system_type *fs)
{
	kernel_only();
	type = fs;
	return strcmp(fs->name, "mini");
}

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = sb->s_op->alloc_inode(sb);

	kernel_only();
	inode->i_sb = sb;
	inode->i_ino = ++last_ino;
	inode->i_count = 1;
	inode->i_nlink = 1;
	return inode;
}

void iput(struct inode *inode)
{
	kernel_only();
	if (!--inode->i_count)
		inode->i_sb->s_op->free_inode(inode);
}

void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	kernel_only();
	dentry->d_inode = inode;
}

struct dentry *d_make_root(struct inode *inode)
{
	struct dentry *root = kzalloc(sizeof(*root), 0);

	d_instantiate(root, inode);
	return root;
}

static _Bool filldir(struct dir_context *ctx, const char *name, int len, long pos, u64 ino, unsigned t)
{
	struct getdents *buf = container_of(ctx, struct getdents, ctx);

	if (!buf->room--)
		return 0;
	buf->sum = buf->sum * 2 + name[len - 1] + pos * 1000 + ino + t;
	return 1;
}

int later(void)
{
	struct super_block *sb = kzalloc(sizeof(*sb), 0);
	struct getdents buf = {.ctx = {.actor = filldir}, .room = 2};
	struct dentry child = {.d_name = {0, 3, (const u8 *)"usr"}}, made = {.d_name = {0, 3, (const u8 *)"tmp"}};
	struct file file;
	struct inode *dir;
	u64 files = 0;

	report(type->fill_super(sb, "2"));
	child.d_parent = made.d_parent = sb->s_root;
	dir = file.f_inode = sb->s_root->d_inode;
	report(dir->i_op->lookup(dir, &made));
	report(dir->i_op->create(dir, &made, 0x8000));
	report(dir->i_op->lookup(dir, &child));
	report(child.d_inode->i_ino * 10000 + child.d_inode->i_size + dir->i_nlink);
	report(dir->i_fop->iterate_shared(&file, &buf.ctx));
	report(buf.ctx.pos);
	buf.room = 9;
	report(dir->i_fop->iterate_shared(&file, &buf.ctx));
	report(buf.sum);
	iput(made.d_inode);
	report(sb->s_op->statfs(sb->s_root, &files));
	report(files);
	iput(child.d_inode);
	return sb->s_magic >> 8;
}
