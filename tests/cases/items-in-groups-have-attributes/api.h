// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KPTR_ERR(p) ((long)(p))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)
#define ITEM_NAME_LEN 12

struct kitem;
struct kgroup;
struct ksubsystem;

struct kitem_attr {
	const char *name;
	u16 mode;
	long (*show)(struct kitem *i, char *page);
	long (*store)(struct kitem *i, const char *page, size_t count);
};

struct kbin_attr {
	struct kitem_attr attr;
	void *private;
	size_t max;
	long (*read)(struct kitem *i, void *to, size_t size);
	long (*write)(struct kitem *i, const void *from, size_t size);
};

struct kitem_ops {
	void (*release)(struct kitem *i);
	int (*allow_link)(struct kitem *src, struct kitem *target);
	void (*drop_link)(struct kitem *src, struct kitem *target);
};

struct kgroup_ops {
	struct kitem *(*make_item)(struct kgroup *g, const char *name);
	struct kgroup *(*make_group)(struct kgroup *g, const char *name);
	void (*disconnect)(struct kgroup *g, struct kitem *i);
	void (*drop_item)(struct kgroup *g, struct kitem *i);
};

struct kitem_type {
	const struct kitem_ops *item_ops;
	const struct kgroup_ops *group_ops;
	struct kitem_attr **attrs;
	struct kbin_attr **bin_attrs;
};

struct kitem {
	char *name;
	char namebuf[ITEM_NAME_LEN];
	int refs;
	struct list_head entry;
	struct kitem *parent;
	struct kgroup *group;
	const struct kitem_type *type;
};

struct kgroup {
	struct kitem item;
	struct list_head children, default_groups, group_entry;
	struct ksubsystem *subsys;
};

struct ksubsystem {
	struct kgroup group;
	struct mutex mutex;
};

void kitem_init_name(struct kitem *i, const char *name, const struct kitem_type *type);
void kgroup_init_name(struct kgroup *g, const char *name, const struct kitem_type *type);
void kgroup_add_default(struct kgroup *g, struct kgroup *parent);
struct kitem *kitem_get(struct kitem *i);
void kitem_put(struct kitem *i);
int kregister_subsystem(struct ksubsystem *s);
int snprintf(char *to, size_t size, const char *format, ...);
int kstrtouint(const char *string, u32 base, u32 *result);
