// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kbio {
	u64 sector;
	u32 device;
};

struct ktarget {
	u64 begin, length;
	void *private;
	const char *error;
	u32 num_flush;
};

struct ktarget_type {
	int (*ctr)(struct ktarget *ti, u32 argc, char **argv);
	int (*map)(struct ktarget *ti, struct kbio *bio);
};

int ktable_load(const struct ktarget_type *type, const char *line);
int ktable_submit(u64 sector);
int kdevice_get(struct ktarget *ti, const char *path, u32 *device);
int kstrtouint(const char *string, u32 base, u32 *result);
int strcmp(const char *a, const char *b);
size_t strlen(const char *string);
