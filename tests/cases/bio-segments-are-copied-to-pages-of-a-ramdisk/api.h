// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
enum { PAGE_SIZE = 4096, BLK_STS_IOERR = 10, REQ_OP_READ = 0, REQ_OP_WRITE = 1 };
struct page {
	void *virtual;
};

struct bio_vec {
	struct page *bv_page;
	u32 bv_len, bv_offset;
};

struct bio {
	struct gendisk *bi_disk;
	u32 bi_opf, bi_status;
	u64 bi_sector;
	u16 bi_vcnt;
	struct bio_vec *bi_io_vec;
	void (*bi_end_io)(struct bio *bio);
	void *bi_private;
};

struct block_device_operations {
	void (*submit_bio)(struct bio *bio);
	void (*free_disk)(struct gendisk *disk);
};

struct gendisk {
	const struct block_device_operations *fops;
	void *private_data;
	u64 capacity;
};

struct page *alloc_page(void);
void __free_page(struct page *page);
struct gendisk *alloc_disk(void);
void bio_endio(struct bio *bio);
