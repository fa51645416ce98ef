// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bdev {
	const char *name;
	u64 sectors;
};

struct bio {
	struct bdev *bdev;
	u64 sector;
	u32 sectors, op;
	int status;
	void (*end_io)(struct bio *bio);
	void *private;
};

struct target_type;

struct target {
	const struct target_type *type;
	u64 begin, len;
	u32 max_io;
	void *private;
	const char *error;
};

struct target_type {
	const char *name;
	u32 version[3];
	int (*ctr)(struct target *ti, u32 argc, char **argv);
	void (*dtr)(struct target *ti);
	int (*map)(struct target *ti, struct bio *bio);
	int (*end_io)(struct target *ti, struct bio *bio, int *error);
	void (*status)(struct target *ti, int type, char *result, u32 maxlen);
};

int register_target(struct target_type *t);
int target_get(struct target *ti, const char *path, struct bdev **dev);
void target_put(struct target *ti, struct bdev *dev);
u32 target_begin(const struct target *ti);
int kstrtouint(const char *s, u32 base, u32 *result);
int snprintf(char *to, size_t size, const char *format, ...);
