// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct entry {
	char name[8];
	u64 ino;
	u16 mode;
};

struct mini_sb {
	struct entry entries[4];
	int n, inodes;
};

struct mini_inode {
	u32 blocks[2];
	int depth;
	struct inode vfs_inode;
};

static const struct inode_operations mini_dir_iops;
static const struct file_operations mini_dir_fops;

static struct inode *mini_alloc_inode(struct super_block *sb)
{
	struct mini_sb *mini = sb->s_fs_info;
	struct mini_inode *mi = kzalloc(sizeof(*mi), 0);

	mini->inodes++;
	mi->depth = 7;
	return &mi->vfs_inode;
}

static void mini_free_inode(struct inode *inode)
{
	struct mini_sb *mini = inode->i_sb->s_fs_info;

	mini->inodes--;
	kfree(container_of(inode, struct mini_inode, vfs_inode));
}

static int mini_statfs(struct dentry *dentry, u64 *files)
{
	struct mini_sb *mini = dentry->d_inode->i_sb->s_fs_info;

	*files = mini->n * 10 + mini->inodes;
	return 0;
}

static struct inode *mini_iget(struct super_block *sb, const struct entry *entry)
{
	struct inode *inode = new_inode(sb);
	struct mini_inode *mi = container_of(inode, struct mini_inode, vfs_inode);

	inode->i_mode = entry->mode;
	inode->i_size = entry->ino * 100 + mi->depth;
	if (entry->ino != 1)
		inode->i_ino = entry->ino;
	inode->i_op = &mini_dir_iops;
	inode->i_fop = &mini_dir_fops;
	mi->blocks[1] = inode->i_ino + 1000;
	return inode;
}

static int mini_lookup(struct inode *dir, struct dentry *dentry)
{
	struct mini_sb *mini = dir->i_sb->s_fs_info;

	if (dentry->d_name.len >= sizeof(mini->entries[0].name))
		return -36;
	for (int i = 0; i < mini->n; i++)
		if (!strcmp(mini->entries[i].name, (const char *)dentry->d_name.name)) {
			d_instantiate(dentry, mini_iget(dir->i_sb, &mini->entries[i]));
			return 0;
		}
	return -2;
}

static int mini_create(struct inode *dir, struct dentry *dentry, u16 mode)
{
	struct mini_sb *mini = dir->i_sb->s_fs_info;
	struct entry *entry = &mini->entries[mini->n];

	if (mini->n == 4)
		return -28;
	memcpy(entry->name, dentry->d_name.name, dentry->d_name.len);
	entry->ino = 20 + mini->n++;
	entry->mode = mode;
	dir->i_nlink++;
	d_instantiate(dentry, mini_iget(dir->i_sb, entry));
	return 0;
}

static int mini_iterate(struct file *file, struct dir_context *ctx)
{
	struct mini_sb *mini = file->f_inode->i_sb->s_fs_info;

	while (ctx->pos < mini->n) {
		struct entry *entry = &mini->entries[ctx->pos];

		if (!dir_emit(ctx, entry->name, 3, entry->ino, entry->mode >> 12))
			return 1;
		ctx->pos++;
	}
	return 0;
}

static const struct super_operations mini_sops = {mini_alloc_inode, mini_free_inode, mini_statfs};
static const struct inode_operations mini_dir_iops = {mini_lookup, mini_create};
static const struct file_operations mini_dir_fops = {mini_iterate};

static int mini_fill_super(struct super_block *sb, const char *data)
{
	static const struct entry root = {"/", 1, 0x4000};
	struct mini_sb *mini = kzalloc(sizeof(*mini), 0);

	mini->entries[0] = (struct entry){"etc", 11, 0x4000};
	mini->entries[1] = (struct entry){"usr", 12, 0x8000};
	mini->n = data[0] - '0';
	sb->s_fs_info = mini;
	sb->s_op = &mini_sops;
	sb->s_magic = 0x4d494e49;
	sb->s_root = d_make_root(mini_iget(sb, &root));
	report(sb->s_root->d_inode->i_ino);
	return 0;
}

static struct file_system_type mini_type = {"mini", mini_fill_super};

static int mini_init(void)
{
	return register_filesystem(&mini_type);
}

module_init(mini_init);
