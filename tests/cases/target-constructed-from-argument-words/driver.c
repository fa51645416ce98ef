// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_linear {
	u32 device, start, mirrored, mapped;
};

static int x_ctr(struct ktarget *ti, u32 argc, char **argv)
{
	struct x_linear *x = kzalloc(sizeof *x, 0);
	if (argc < 2 || kdevice_get(ti, argv[0], &x->device)) {
		ti->error = argc < 2 ? "too few words" : "no device";
		kfree(x);
		return -22;
	}
	kstrtouint(argv[1], 10, &x->start);
	x->mirrored = argc > 2 && !strcmp(argv[2], "mirrored");
	ti->private = x;
	ti->num_flush += 1 + x->mirrored;
	return 0;
}

static int x_map(struct ktarget *ti, struct kbio *bio)
{
	struct x_linear *x = ti->private;
	u64 offset = bio->sector - ti->begin;
	bio->device = x->device;
	bio->sector = x->start + (x->mirrored ? ti->length - 1 - offset : offset);
	return ++x->mapped;
}
static const struct ktarget_type x_type = {x_ctr, x_map};

static int x_init(void)
{
	report(ktable_load(&x_type, "sdb"));
	report(ktable_load(&x_type, "hdc 7"));
	report(ktable_load(&x_type, "sdb 100"));
	report(ktable_submit(25));
	report(ktable_load(&x_type, "sdc 40 mirrored"));
	report(ktable_submit(23));
	return 0;
}

module_init(x_init);
