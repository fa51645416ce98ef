// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 store[64];

struct br {
	u8 *mem;
	u32 ios;
};
static struct br B = {.mem = store};

static int x_submit(struct disk *d, struct bio *b)
{
	struct br *br = d->private_data;
	u64 at = b->sector * 8;
	br->ios++;
	for (u32 i = 0; i < b->vcnt; i++) {
		struct bvec *v = &b->vec[i];
		if (b->sector & 1)
			memcpy(br->mem + at, v->page + v->off, v->len);
		else
			memcpy(v->page + v->off, br->mem + at + 8, v->len);
		at += v->len;
	}
	bio_endio(b, at > d->cap ? -5 : 0);
	return br->ios;
}
static struct disk D = {.submit = x_submit, .private_data = &B};

static int scenario(void)
{
	D.cap = 48;
	int r = disk_add(&D);
	return r + store[9];
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
