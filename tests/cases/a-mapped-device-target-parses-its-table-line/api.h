// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
int strcmp(const char *a, const char *b);
int snprintf(char *to, size_t size, const char *format, ...);
int kstrtouint(const char *string, unsigned base, unsigned *result);

struct block_device {
	int id;
	u64 sectors;
};

struct dm_dev {
	struct block_device *bdev;
	char name[8];
};

struct bio {
	struct block_device *bi_bdev;
	u64 bi_sector;
	u32 bi_size, bi_opf;
};

struct dm_target {
	u64 begin, len;
	unsigned num_flush_bios;
	void *private;
	char *error;
};

struct target_type {
	const char *name;
	unsigned version[3];
	int (*ctr)(struct dm_target *ti, unsigned argc, char **argv);
	void (*dtr)(struct dm_target *ti);
	int (*map)(struct dm_target *ti, struct bio *bio);
	void (*status)(struct dm_target *ti, int type, char *result, unsigned maxlen);
};

int dm_register_target(struct target_type *type);
int dm_get_device(struct dm_target *ti, const char *path, struct dm_dev **result);
void dm_put_device(struct dm_target *ti, struct dm_dev *dev);
