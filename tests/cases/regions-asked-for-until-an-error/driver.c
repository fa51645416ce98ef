// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_flash {
	struct mtd mtd;
	u8 cells[256];
	u32 wear[4];
	u8 strength;
};

static int x_ecc(struct mtd *mtd, int section, struct region *r)
{
	struct x_flash *x = container_of(mtd, struct x_flash, mtd);

	if (section >= x->strength)
		return -34;
	r->offset = section * 8 + 4;
	r->length = 3;
	return 0;
}

static int x_free(struct mtd *mtd, int section, struct region *r)
{
	if (section >= (int)mtd->oobsize / 8)
		return -34;
	r->offset = section * 8 + (section ? 0 : 2);
	r->length = section ? 4 : 2;
	return 0;
}

static int x_erase(struct mtd *mtd, struct erase_info *e)
{
	struct x_flash *x = container_of(mtd, struct x_flash, mtd);

	for (u64 at = e->addr; at < e->addr + e->len; at += mtd->erasesize) {
		if (++x->wear[at / mtd->erasesize] > 2) {
			e->fail_addr = at;
			return -5;
		}
		memset(x->cells + at, 0xff, mtd->erasesize);
	}
	return 0;
}

static int x_read(struct mtd *mtd, u64 from, size_t len, size_t *retlen, u8 *buf)
{
	struct x_flash *x = container_of(mtd, struct x_flash, mtd);

	memcpy(buf, x->cells + from, len);
	*retlen = len;
	return x->wear[from / mtd->erasesize];
}

static int x_write(struct mtd *mtd, u64 to, size_t len, size_t *retlen, const u8 *buf)
{
	struct x_flash *x = container_of(mtd, struct x_flash, mtd);

	for (*retlen = 0; *retlen < len; ++*retlen)
		x->cells[to + *retlen] &= buf[*retlen];
	return 0;
}

static const struct layout_ops layout = {x_ecc, x_free};
static const struct partition parts[] = {{"boot", 0, 64}, {"env", 64, 64}, {"data", 128, 0}};
static struct x_flash x = {
	.mtd = {"x-flash", 256, 64, 16, 24, &layout, x_erase, x_read, x_write}, .strength = 2};

static int x_init(void)
{
	int status;

	memset(x.cells, 0xff, sizeof(x.cells));
	status = mtd_register(&x.mtd, parts, 3);
	report(x.mtd.failed);
	report(x.cells[70]);
	return status;
}

module_init(x_init);
