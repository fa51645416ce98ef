// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct super_block;
struct inode;
struct file;

struct qstr {
	u32 hash;
	u32 len;
	const u8 *name;
};

struct dentry {
	struct qstr d_name;
	struct inode *d_inode;
	struct dentry *d_parent;
};

struct dir_context {
	_Bool (*actor)(struct dir_context *ctx, const char *name, int len, long pos, u64 ino, unsigned type);
	long pos;
};

struct inode_operations {
	int (*lookup)(struct inode *dir, struct dentry *dentry);
	int (*create)(struct inode *dir, struct dentry *dentry, u16 mode);
};

struct file_operations {
	int (*iterate_shared)(struct file *file, struct dir_context *ctx);
};

struct inode {
	u16 i_mode;
	unsigned i_nlink;
	u64 i_ino;
	long i_size;
	int i_count;
	const struct inode_operations *i_op;
	const struct file_operations *i_fop;
	struct super_block *i_sb;
};

struct file {
	struct inode *f_inode;
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*free_inode)(struct inode *inode);
	int (*statfs)(struct dentry *dentry, u64 *files);
};

struct super_block {
	const struct super_operations *s_op;
	void *s_fs_info;
	struct dentry *s_root;
	u64 s_magic;
};

struct file_system_type {
	const char *name;
	int (*fill_super)(struct super_block *sb, const char *data);
};

static inline _Bool dir_emit(
	struct dir_context *ctx, const char *name, int len, u64 ino, unsigned type)
{
	return ctx->actor(ctx, name, len, ctx->pos, ino, type);
}

int register_filesystem(struct file_system_type *type);
struct inode *new_inode(struct super_block *sb);
void iput(struct inode *inode);
struct dentry *d_make_root(struct inode *inode);
void d_instantiate(struct dentry *dentry, struct inode *inode);
int strcmp(const char *a, const char *b);
