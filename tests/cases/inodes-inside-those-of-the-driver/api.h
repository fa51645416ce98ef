// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct inode;
struct super_block;

struct qstr {
	const char *name;
	u32 len;
};

struct dir_context {
	_Bool (*actor)(struct dir_context *ctx, const char *name, int len, u64 pos, u64 ino);
	u64 pos;
};

struct inode_operations {
	struct inode *(*lookup)(struct inode *dir, struct qstr *name);
	int (*create)(struct inode *dir, struct qstr *name, u16 mode, struct inode **inode);
	int (*unlink)(struct inode *dir, struct qstr *name);
};

struct file_operations {
	long (*read)(struct inode *inode, u8 *to, size_t size, u64 *pos);
	int (*iterate)(struct inode *dir, struct dir_context *ctx);
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*free_inode)(struct inode *inode);
	void (*evict)(struct inode *inode);
	int (*statfs)(struct super_block *sb, u64 *counts);
};

struct inode {
	u64 ino, size;
	u16 mode, nlink;
	int count, is_new;
	struct super_block *sb;
	const struct inode_operations *op;
	const struct file_operations *fop;
	struct inode *hash_next;
};

struct super_block {
	u32 blocksize, magic;
	const struct super_operations *op;
	void *fs_info;
	struct inode *root;
};

struct fs_type {
	const char *name;
	int (*fill_super)(struct super_block *sb, const char *options);
	void (*kill_sb)(struct super_block *sb);
};

int kregister_filesystem(struct fs_type *type);
struct inode *kiget(struct super_block *sb, u64 ino);
void kunlock_new(struct inode *inode);
void kiput(struct inode *inode);
_Bool kdir_emit(struct dir_context *ctx, const char *name, int len, u64 ino);
