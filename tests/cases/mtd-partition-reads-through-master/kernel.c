// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct mtd_info *master;

int mtd_device_register(struct mtd_info *mtd, const struct mtd_partition *parts, int n)
{
	kernel_only();
	master = mtd;
	for (int i = 0; i < n; i++) {
		struct mtd_info *child = kzalloc(sizeof(*child), 0);
		child->offset = parts[i].offset;
		child->size = parts[i].size;
		child->parent = mtd;
		mtd->child[i] = child;
	}
	return n;
}

int mtd_read(struct mtd_info *mtd, u64 from, size_t len, size_t *retlen, u8 *buf)
{
	struct mtd_ecc_stats before = mtd->parent->ecc_stats;
	int err;
	kernel_only();
	if (from + len > mtd->size)
		return -22;
	err = mtd->parent->_read(mtd->parent, from + mtd->offset, len, retlen, buf);
	mtd->ecc_stats.corrected += mtd->parent->ecc_stats.corrected - before.corrected;
	mtd->ecc_stats.failed += mtd->parent->ecc_stats.failed - before.failed;
	return err;
}

int later(void)
{
	struct mtd_info *boot = master->child[0], *data = master->child[1];
	u8 out[4] = {0xf0, 0x3c, 0xff, 0x55}, in[20] = {};
	size_t n = 0, w = 0;
	int sum;
	kernel_only();
	master->_write(master, boot->offset + 5, 4, &w, out);
	sum = mtd_read(boot, 4, 6, &n, in);
	sum += (n + w) * 1000 + in[1] + in[2] * 2 + in[4] * 3;
	sum -= mtd_read(data, 2, 20, &n, in) * 100000;
	return sum + n * 10 + master->ecc_stats.failed + data->ecc_stats.failed * 2;
}
