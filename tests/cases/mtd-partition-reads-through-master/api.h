// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct mtd_info;

struct mtd_partition {
	u64 offset, size;
};

struct mtd_ecc_stats {
	u32 corrected, failed;
};

struct mtd_info {
	u64 size, offset;
	int (*_read)(struct mtd_info *mtd, u64 from, size_t len, size_t *retlen, u8 *buf);
	int (*_write)(struct mtd_info *mtd, u64 to, size_t len, size_t *retlen, const u8 *buf);
	struct mtd_ecc_stats ecc_stats;
	struct mtd_info *parent, *child[2];
	void *priv;
};

int mtd_device_register(struct mtd_info *mtd, const struct mtd_partition *parts, int n);
int mtd_read(struct mtd_info *mtd, u64 from, size_t len, size_t *retlen, u8 *buf);
