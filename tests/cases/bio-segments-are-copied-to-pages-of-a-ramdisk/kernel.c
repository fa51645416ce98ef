// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct gendisk *disk;
static int pages;

struct page *alloc_page(void)
{
	kernel_only();
	struct page *page = kzalloc(sizeof(*page), 0);
	page->virtual = kzalloc(PAGE_SIZE, 0);
	pages++;
	return page;
}

void __free_page(struct page *page)
{
	kernel_only();
	pages--;
	kfree(page->virtual);
	kfree(page);
}

struct gendisk *alloc_disk(void)
{
	kernel_only();
	return disk = kzalloc(sizeof(*disk), 0);
}

void bio_endio(struct bio *bio)
{
	kernel_only();
	bio->bi_end_io(bio);
}

static void end_io(struct bio *bio)
{
	int sum = 0;
	for (u32 i = 0; i < bio->bi_vcnt; i++)
		for (u32 at = 0; at < bio->bi_io_vec[i].bv_len; at += 256)
			sum = sum * 3 % 99991 + ((u8 *)bio->bi_io_vec[i].bv_page->virtual)[bio->bi_io_vec[i].bv_offset + at];
	*(int *)bio->bi_private += sum + bio->bi_status;
}

int later(void)
{
	struct bio_vec vecs[2] = {{alloc_page(), 1024, 2048}, {alloc_page(), 2560, 512}};
	int result = 0;
	for (int i = 0; i < 2 * PAGE_SIZE; i++)
		((u8 *)vecs[i & 1].bv_page->virtual)[i / 2] = i / (3 + i % 2);
	for (u32 i = 0; i < 4; i++) {
		struct bio bio = {disk, i < 2, 0, 5 + 9 * i - 14 * (i == 2), 2, vecs, end_io, &result};
		disk->fops->submit_bio(&bio);
		report(result);
	}
	disk->fops->free_disk(disk);
	__free_page(vecs[0].bv_page);
	__free_page(vecs[1].bv_page);
	return pages;
}
