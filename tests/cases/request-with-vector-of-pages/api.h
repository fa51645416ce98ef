// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bvec {
	u8 *page;
	u32 len, off;
};

struct bio {
	struct bio *next;
	u32 vcnt;
	struct bvec *vec;
	u64 sector;
	void (*end)(struct bio *, int err);
	void *private;
};

struct disk {
	int (*submit)(struct disk *, struct bio *);
	void *private_data;
	u64 cap;
};

int disk_add(struct disk *d);
void bio_endio(struct bio *b, int err);
