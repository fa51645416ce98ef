// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KPTR_ERR(p) ((long)(p))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)
#define START_TOKEN ((void *)1)

struct kseq;
struct kfile_ops;

struct kinode {
	u32 ino;
	void *private;
};

struct kfile {
	struct kinode *inode;
	u32 flags;
	long pos;
	void *private_data;
	const struct kfile_ops *ops;
};

struct kseq_ops {
	void *(*start)(struct kseq *m, long *pos);
	void (*stop)(struct kseq *m, void *v);
	void *(*next)(struct kseq *m, void *v, long *pos);
	int (*show)(struct kseq *m, void *v);
};

struct kseq {
	char *buf;
	size_t size, count;
	long index;
	const struct kseq_ops *op;
	void *private;
};

struct kfile_ops {
	int (*open)(struct kinode *i, struct kfile *f);
	long (*read)(struct kfile *f, char *to, size_t len, long *pos);
	long (*write)(struct kfile *f, const char *from, size_t len, long *pos);
	int (*release)(struct kinode *i, struct kfile *f);
};

struct kdentry {
	char name[16];
	u16 mode;
	struct kinode inode;
	struct kdentry *parent;
	const struct kfile_ops *fops;
};

struct kidr {
	void **slots;
	int size, next;
	spinlock_t lock;
};

struct kdentry *kdebug_dir(const char *name, struct kdentry *parent);
struct kdentry *kdebug_file(const char *name, u16 mode, struct kdentry *parent, void *data,
	const struct kfile_ops *ops);
void kdebug_u32(const char *name, u16 mode, struct kdentry *parent, u32 *value);
void kdebug_remove(struct kdentry *d);
int kseq_open(struct kfile *f, const struct kseq_ops *op);
void *kseq_open_private(struct kfile *f, const struct kseq_ops *op, size_t size);
int ksingle_open(struct kfile *f, int (*show)(struct kseq *m, void *v), void *data);
long kseq_read(struct kfile *f, char *to, size_t len, long *pos);
int kseq_release_private(struct kinode *i, struct kfile *f);
void kseq_puts(struct kseq *m, const char *s);
void kseq_put_dec(struct kseq *m, const char *before, u64 value);
void kseq_hex(struct kseq *m, const u8 *data, u32 len);
int kidr_alloc(struct kidr *idr, void *p, int start, int end);
void *kidr_find(struct kidr *idr, int id);
void *kidr_next(struct kidr *idr, int *id);
void *kidr_remove(struct kidr *idr, int id);
int kidr_each(struct kidr *idr, int (*fn)(int id, void *p, void *data), void *data);
void kidr_destroy(struct kidr *idr);
void kexit(void (*exit)(void));
int kstrtouint(const char *string, u32 base, u32 *result);
