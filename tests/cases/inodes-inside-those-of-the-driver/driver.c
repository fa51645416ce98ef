// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_node {
	u32 parent, links;
	char name[8];
	u8 data[12];
	u32 size;
};

struct x_info {
	struct x_node nodes[6];
	u32 used, evicted, reads;
};

struct x_inode {
	struct x_node *node;
	u32 opened;
	struct inode vfs;
};

static struct x_inode *X(struct inode *inode)
{
	return container_of(inode, struct x_inode, vfs);
}

static struct inode *get(struct super_block *sb, u32 ino);

static struct inode *alloc_inode(struct super_block *sb)
{
	struct x_inode *x = kzalloc(sizeof(*x), 0);

	x->opened = 100;
	return &x->vfs;
}

static void free_inode(struct inode *inode)
{
	kfree(X(inode));
}

static void evict(struct inode *inode)
{
	struct x_info *info = inode->sb->fs_info;

	info->evicted += X(inode)->opened;
	if (!inode->nlink) {
		X(inode)->node->links = 0;
		info->used--;
	}
}

static int statfs(struct super_block *sb, u64 *counts)
{
	struct x_info *info = sb->fs_info;

	counts[0] = 6;
	counts[1] = 6 - info->used;
	counts[2] = info->evicted;
	return 0;
}

static int matches(const struct x_node *node, u32 parent, const struct qstr *name)
{
	if (!node->links || node->parent != parent)
		return 0;
	for (u32 i = 0; i < name->len; i++)
		if (i >= 8 || node->name[i] != name->name[i])
			return 0;
	return node->name[name->len] == 0;
}

static struct inode *lookup(struct inode *dir, struct qstr *name)
{
	struct x_info *info = dir->sb->fs_info;

	for (u32 i = 1; i < 6; i++)
		if (matches(&info->nodes[i], dir->ino, name))
			return get(dir->sb, i);
	return NULL;
}

static int create(struct inode *dir, struct qstr *name, u16 mode, struct inode **inode)
{
	struct x_info *info = dir->sb->fs_info;

	if (name->len > 7)
		return -36;
	for (u32 i = 1; i < 6; i++) {
		struct x_node *node = &info->nodes[i];

		if (node->links)
			continue;
		node->links = 1;
		node->parent = dir->ino;
		for (u32 k = 0; k < 8; k++)
			node->name[k] = k < name->len ? name->name[k] : 0;
		for (u32 k = 0; k < 12; k++)
			node->data[k] = i * 20 + k;
		node->size = 12 - i;
		info->used++;
		*inode = get(dir->sb, i);
		(*inode)->mode = mode;
		dir->size += 8;
		return 0;
	}
	return -28;
}

static int unlink(struct inode *dir, struct qstr *name)
{
	struct inode *inode = lookup(dir, name);

	if (!inode)
		return -2;
	inode->nlink--;
	dir->size -= 8;
	kiput(inode);
	return 0;
}

static long read(struct inode *inode, u8 *to, size_t size, u64 *pos)
{
	struct x_inode *x = X(inode);
	struct x_info *info = inode->sb->fs_info;
	long done = 0;

	x->opened++;
	info->reads++;
	while (*pos < inode->size && done < (long)size)
		to[done++] = x->node->data[(*pos)++];
	return done;
}

static int iterate(struct inode *dir, struct dir_context *ctx)
{
	struct x_info *info = dir->sb->fs_info;

	for (; ctx->pos < 6; ctx->pos++) {
		struct x_node *node = &info->nodes[ctx->pos];
		int len = 0;

		if (!node->links || !ctx->pos)
			continue;
		while (node->name[len])
			len++;
		if (!kdir_emit(ctx, node->name, len, ctx->pos))
			return 1;
	}
	return 0;
}

static const struct inode_operations dir_iops = {lookup, create, unlink};
static const struct file_operations dir_fops = {NULL, iterate};
static const struct file_operations file_fops = {read, NULL};
static const struct super_operations super_ops = {alloc_inode, free_inode, evict, statfs};

static struct inode *get(struct super_block *sb, u32 ino)
{
	struct inode *inode = kiget(sb, ino);
	struct x_info *info = sb->fs_info;

	if (!inode || !inode->is_new)
		return inode;
	X(inode)->node = &info->nodes[ino];
	inode->nlink = info->nodes[ino].links;
	inode->size = info->nodes[ino].size;
	if (ino) {
		inode->fop = &file_fops;
	} else {
		inode->op = &dir_iops;
		inode->fop = &dir_fops;
	}
	kunlock_new(inode);
	return inode;
}

static int fill_super(struct super_block *sb, const char *options)
{
	struct x_info *info = kzalloc(sizeof(*info), 0);

	sb->fs_info = info;
	sb->magic = 0x5846;
	sb->op = &super_ops;
	if (options)
		sb->blocksize = (options[0] - '0') * 512;
	info->nodes[0].links = 2;
	info->used = 1;
	sb->root = get(sb, 0);
	return sb->root ? 0 : -12;
}

static void kill_sb(struct super_block *sb)
{
	struct x_info *info = sb->fs_info;

	report(info->evicted * 10 + info->reads);
	kfree(info);
}

static struct fs_type type = {"xfs0", fill_super, kill_sb};

static int x_init(void)
{
	return kregister_filesystem(&type);
}

module_init(x_init);
