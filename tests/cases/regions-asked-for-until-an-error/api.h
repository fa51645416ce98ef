// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct mtd;

struct region {
	u32 offset, length;
};

struct layout_ops {
	int (*ecc)(struct mtd *mtd, int section, struct region *r);
	int (*free)(struct mtd *mtd, int section, struct region *r);
};

struct erase_info {
	u64 addr, len, fail_addr;
};

struct mtd {
	const char *name;
	u64 size;
	u32 erasesize, writesize, oobsize;
	const struct layout_ops *layout;
	int (*_erase)(struct mtd *mtd, struct erase_info *e);
	int (*_read)(struct mtd *mtd, u64 from, size_t len, size_t *retlen, u8 *buf);
	int (*_write)(struct mtd *mtd, u64 to, size_t len, size_t *retlen, const u8 *buf);
	struct mtd *parent;
	u32 failed;
};

struct partition {
	const char *name;
	u64 offset, size;
};

int mtd_register(struct mtd *mtd, const struct partition *parts, int nparts);
