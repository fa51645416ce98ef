// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_flash {
	u8 cell[64];
	struct mtd_info mtd;
};

static int x_read(struct mtd_info *mtd, u64 from, size_t len, size_t *retlen, u8 *buf)
{
	struct x_flash *x = mtd->priv;
	memcpy(buf, x->cell + from, len);
	*retlen = len;
	for (size_t i = 0; i < len; i++)
		if (buf[i] == 0xee) {
			mtd->ecc_stats.failed++;
			*retlen = i;
			return -74;
		}
	mtd->ecc_stats.corrected += from & 1;
	return 0;
}

static int x_write(struct mtd_info *mtd, u64 to, size_t len, size_t *retlen, const u8 *buf)
{
	struct x_flash *x = mtd->priv;
	for (*retlen = 0; *retlen < len; ++*retlen)
		x->cell[to + *retlen] &= buf[*retlen];
	return 0;
}

static const struct mtd_partition x_parts[] = {{8, 16}, {24, 40}};

static int x_init(void)
{
	struct x_flash *x = kzalloc(sizeof *x, 0);
	u8 table[3];
	size_t n = 0;
	for (int i = 0; i < 64; i++)
		x->cell[i] = i == 41 ? 0xee : 255 - i;
	x->mtd._read = x_read;
	x->mtd._write = x_write;
	x->mtd.priv = x;
	report(mtd_device_register(&x->mtd, x_parts, 2));
	report(mtd_read(x->mtd.child[1], 3, sizeof table, &n, table));
	report(table[2] * n + x->mtd.child[1]->ecc_stats.corrected * 1000);
	return 0;
}
module_init(x_init);
