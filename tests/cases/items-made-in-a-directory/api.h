// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct config_item;
struct config_group;

struct config_attr {
	const char *name;
	long (*show)(struct config_item *item, char *page);
	long (*store)(struct config_item *item, const char *page, size_t count);
};

struct config_item_ops {
	void (*release)(struct config_item *item);
};

struct config_group_ops {
	struct config_item *(*make_item)(struct config_group *group, const char *name);
	void (*drop_item)(struct config_group *group, struct config_item *item);
};

struct config_type {
	const struct config_item_ops *item_ops;
	const struct config_group_ops *group_ops;
	struct config_attr **attrs;
};

struct config_item {
	char name[16];
	int refs;
	struct config_item *parent, *next;
	const struct config_type *type;
};

struct config_group {
	struct config_item item;
	struct config_item *children;
};

int config_register(struct config_group *group);
void config_item_init(struct config_item *item, const char *name, const struct config_type *type);
void config_item_put(struct config_item *item);
int strcmp(const char *a, const char *b);
int snprintf(char *to, size_t size, const char *format, ...);
int kstrtouint(const char *s, u32 base, u32 *result);
