// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct mtd *mtd;
static struct partition known[4];
static int nknown;

static int count_bytes(struct mtd *m, int (*iter)(struct mtd *, int, struct region *))
{
	struct region r = {0, 0};
	int sum = 0, section = 0;

	while (!iter(m, section, &r)) {
		sum += r.length * 100 + r.offset;
		section++;
	}
	return sum * 10 + section;
}

int mtd_register(struct mtd *m, const struct partition *parts, int nparts)
{
	u8 data[8] = {1, 2, 3, 4, 5, 6, 0x77, 8};
	size_t done = 0;

	kernel_only();
	mtd = m;
	for (int i = 0; i < nparts; i++) {
		known[i] = parts[i];
		if (!known[i].size)
			known[i].size = m->size - known[i].offset;
		report(known[i].name[0] * 1000 + known[i].size);
	}
	nknown = nparts;
	report(count_bytes(m, m->layout->ecc));
	report(count_bytes(m, m->layout->free));
	report(m->_write(m, known[1].offset, 8, &done, data));
	return done == 8 ? 0 : -5;
}

static void erase(u64 addr, u64 len)
{
	struct erase_info e = {addr, len, ~0ull};

	if (mtd->_erase(mtd, &e))
		mtd->failed++;
	report((int)e.fail_addr);
}

int later(void)
{
	u8 buf[16] = {0};
	size_t done = 0;
	int sum = 0;

	mtd->oobsize = 40;
	report(count_bytes(mtd, mtd->layout->free));
	report(mtd->_read(mtd, 66, 12, &done, buf));
	for (int i = 0; i < 16; i++)
		sum = sum * 3 + buf[i];
	report(sum);
	erase(0, 128);
	erase(64, 128);
	erase(0, 256);
	report(mtd->_read(mtd, 66, 2, &done, buf));
	report(buf[0] * 1000 + done);
	return mtd->failed;
}
