// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kattr_group;
struct kaction;

enum khw_type { T_CHIP, T_TEMP, T_IN, T_FAN, T_COUNT };
enum { A_INPUT, A_MAX, A_LABEL, A_ALARM, A_ENABLE, A_COUNT };

#define HAS(a) (1u << (a))

struct kdev {
	const char *name;
	void *drvdata;
	struct kdev *parent;
	const struct kattr_group **groups;
	struct kaction *actions;
};

struct khw_ops {
	u16 (*is_visible)(const void *data, enum khw_type type, u32 attr, int channel);
	int (*read)(struct kdev *d, enum khw_type type, u32 attr, int channel, long *val);
	int (*read_string)(struct kdev *d, enum khw_type type, u32 attr, int channel, const char **s);
	int (*write)(struct kdev *d, enum khw_type type, u32 attr, int channel, long val);
};

struct khw_channels {
	enum khw_type type;
	const u32 *config;
};

struct khw_chip {
	const struct khw_ops *ops;
	const struct khw_channels *const *info;
};

struct kattr {
	const char *name;
	u16 mode;
};

struct kdev_attr {
	struct kattr attr;
	long (*show)(struct kdev *d, struct kdev_attr *a, char *buf);
	long (*store)(struct kdev *d, struct kdev_attr *a, const char *buf, size_t count);
};

struct ksensor_attr {
	struct kdev_attr dev_attr;
	u8 index, nr;
};

struct kattr_group {
	const char *name;
	u16 (*is_visible)(struct kdev *d, struct kattr *a, int n);
	struct kattr **attrs;
};

struct kbus_dev {
	struct kdev dev;
	u16 addr, flags;
	const char *modalias;
	u32 words[16];
};

struct kbus_driver {
	const char *const *ids;
	int (*probe)(struct kbus_dev *d);
	void (*remove)(struct kbus_dev *d);
};

int kbus_add_driver(struct kbus_driver *d);
int kbus_read_word(struct kbus_dev *d, u8 reg);
int kbus_write_word(struct kbus_dev *d, u8 reg, u16 value);
int kdev_action(struct kdev *d, void (*action)(void *data), void *data);
void *kdev_zalloc(struct kdev *d, size_t size);
struct kdev *khw_register(struct kdev *parent, const char *name, void *data,
	const struct khw_chip *chip, const struct kattr_group **groups);
void khw_notify(struct kdev *d, enum khw_type type, u32 attr, int channel);
int snprintf(char *to, size_t size, const char *format, ...);
int strcmp(const char *a, const char *b);
int kstrtouint(const char *string, u32 base, u32 *result);
