// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)

struct ksuper;
struct kinode;
struct kdentry;
struct kfile;
struct kfs_context;

struct kdir_context {
	_Bool (*actor)(struct kdir_context *ctx, const char *name, int len, long pos, u64 ino, u32 type);
	long pos;
};

struct kpage {
	u64 index;
	u32 flags;
	u8 data[16];
};

struct kinode_ops {
	struct kdentry *(*lookup)(struct kinode *dir, struct kdentry *d, u32 flags);
	int (*setattr)(struct kinode *i, u32 valid, u64 size);
	const char *(*get_link)(struct kdentry *d, struct kinode *i);
};

struct kfile_ops {
	int (*iterate)(struct kfile *f, struct kdir_context *ctx);
	long (*ioctl)(struct kfile *f, u32 cmd, unsigned long arg);
};

struct kmapping_ops {
	int (*read_folio)(struct kfile *f, struct kpage *p, struct kinode *i);
};

struct kinode {
	u64 ino;
	u16 mode;
	u32 count, nlink;
	u64 size;
	struct ksuper *sb;
	const struct kinode_ops *op;
	const struct kfile_ops *fop;
	const struct kmapping_ops *a_ops;
	struct kinode *next;
	void *private;
};

struct kdentry {
	char name[12];
	u32 len;
	struct kdentry *parent;
	struct kinode *inode;
	void *fsdata;
};

struct kfile {
	struct kinode *inode;
	long pos;
};

struct ksuper_ops {
	struct kinode *(*alloc_inode)(struct ksuper *sb);
	void (*free_inode)(struct kinode *i);
	void (*evict)(struct kinode *i);
	int (*statfs)(struct ksuper *sb, u64 *blocks, u32 *namelen);
	void (*put_super)(struct ksuper *sb);
	int (*show_options)(struct ksuper *sb, char *page, int len);
};

struct ksuper {
	u32 magic, flags, blocksize;
	const struct ksuper_ops *op;
	void *fs_info;
	struct kdentry *root;
	struct kinode *inodes;
};

struct kparam_spec {
	const char *name;
	u8 type, opt;
};

struct kparse_result {
	_Bool negated;

	union {
		_Bool boolean;
		int int_32;
		u32 uint_32;
	};
};

struct kparam {
	const char *key, *string;
	u32 size;
};

struct kfs_context_ops {
	void (*free)(struct kfs_context *fc);
	int (*parse_param)(struct kfs_context *fc, struct kparam *p);
	int (*get_tree)(struct kfs_context *fc);
};

struct kfs_context {
	const struct kfs_context_ops *ops;
	void *fs_private, *s_fs_info;
	struct ksuper *root;
	const u8 *source;
	u32 source_len;
};

struct kfs_type {
	const char *name;
	const struct kparam_spec *parameters;
	int (*init_context)(struct kfs_context *fc);
	void (*kill_sb)(struct ksuper *sb);
	struct kfs_type *next;
};

int kregister_fs(struct kfs_type *t);
int kfs_parse(struct kfs_context *fc, const struct kparam_spec *specs, struct kparam *p,
	struct kparse_result *result);
int kget_tree(struct kfs_context *fc, int (*fill)(struct ksuper *sb, struct kfs_context *fc));
struct kinode *kiget(struct ksuper *sb, u64 ino, _Bool *new);
struct kdentry *kmake_root(struct kinode *i);
struct kdentry *ksplice(struct kinode *i, struct kdentry *d);
int snprintf(char *to, size_t size, const char *format, ...);
