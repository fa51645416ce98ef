// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct brd_device {
	struct gendisk *disk;
	struct page *pages[4];
	u32 allocated;
};

static int brd_do_bvec(struct brd_device *brd, const struct bio_vec *bv, u32 op, u64 pos)
{
	for (u32 done = 0, n; done < bv->bv_len; done += n, pos += n) {
		u8 *mem = (u8 *)bv->bv_page->virtual + bv->bv_offset + done;
		struct page **page = &brd->pages[pos / PAGE_SIZE];
		n = PAGE_SIZE - pos % PAGE_SIZE < bv->bv_len - done ? PAGE_SIZE - pos % PAGE_SIZE : bv->bv_len - done;
		if (!*page && ++brd->allocated)
			*page = alloc_page();
		if (!*page)
			return -12;
		if (op == REQ_OP_WRITE)
			memcpy((u8 *)(*page)->virtual + pos % PAGE_SIZE, mem, n);
		else
			memcpy(mem, (u8 *)(*page)->virtual + pos % PAGE_SIZE, n);
	}
	return 0;
}

static void brd_submit_bio(struct bio *bio)
{
	struct brd_device *brd = bio->bi_disk->private_data;
	u64 pos = bio->bi_sector << 9;
	for (u32 i = 0; i < bio->bi_vcnt && !bio->bi_status; pos += bio->bi_io_vec[i++].bv_len)
		if (pos + bio->bi_io_vec[i].bv_len > brd->disk->capacity << 9 ||
		    brd_do_bvec(brd, &bio->bi_io_vec[i], bio->bi_opf, pos))
			bio->bi_status = BLK_STS_IOERR;
	bio_endio(bio);
}

static void brd_free_disk(struct gendisk *disk)
{
	struct brd_device *brd = disk->private_data;
	for (u32 i = 0; i < 4; i++)
		if (brd->pages[i])
			__free_page(brd->pages[i]);
	report(brd->allocated * 100 + disk->capacity);
	kfree(brd);
}

static const struct block_device_operations brd_fops = {brd_submit_bio, brd_free_disk};

static int brd_init(void)
{
	struct brd_device *brd = kzalloc(sizeof(*brd), 0);
	if (!brd)
		return -12;
	brd->disk = alloc_disk();
	*brd->disk = (struct gendisk){&brd_fops, brd, 4 * PAGE_SIZE >> 9};
	return 0;
}

module_init(brd_init);
