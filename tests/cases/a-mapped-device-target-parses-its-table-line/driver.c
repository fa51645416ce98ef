// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct stripe_c {
	unsigned stripes, chunk;
	struct dm_dev *dev[];
};

static int stripe_ctr(struct dm_target *ti, unsigned argc, char **argv)
{
	unsigned stripes, chunk, i;
	struct stripe_c *sc;
	int err;
	if (argc < 3 || kstrtouint(argv[0], 10, &stripes) || kstrtouint(argv[1], 10, &chunk) ||
		argc != 2 + stripes) {
		ti->error = "Invalid count";
		return -22;
	}
	sc = kzalloc(sizeof(*sc) + stripes * sizeof(sc->dev[0]), 0);
	sc->stripes = stripes;
	sc->chunk = chunk;
	for (i = 0; i < stripes; i++) {
		err = dm_get_device(ti, argv[2 + i], &sc->dev[i]);
		if (err) {
			ti->error = "Couldn't parse";
			while (i--)
				dm_put_device(ti, sc->dev[i]);
			kfree(sc);
			return err;
		}
	}
	ti->num_flush_bios = stripes;
	ti->private = sc;
	return 0;
}

static void stripe_dtr(struct dm_target *ti)
{
	struct stripe_c *sc = ti->private;
	for (unsigned i = 0; i < sc->stripes; i++)
		dm_put_device(ti, sc->dev[i]);
	kfree(sc);
}

static int stripe_map(struct dm_target *ti, struct bio *bio)
{
	struct stripe_c *sc = ti->private;
	u64 offset = bio->bi_sector - ti->begin, chunk = offset / sc->chunk;
	if (bio->bi_opf & 4)
		return 4;
	bio->bi_bdev = sc->dev[chunk % sc->stripes]->bdev;
	bio->bi_sector = chunk / sc->stripes * sc->chunk + offset % sc->chunk;
	return bio->bi_sector < bio->bi_bdev->sectors;
}

static void stripe_status(struct dm_target *ti, int type, char *result, unsigned maxlen)
{
	struct stripe_c *sc = ti->private;
	unsigned size = snprintf(result, maxlen, "%u %u", sc->stripes, sc->chunk);
	for (unsigned i = 0; i < sc->stripes && type; i++)
		size += snprintf(result + size, maxlen - size, " %s", sc->dev[i]->name);
}
static struct target_type stripe = {
	"striped", {1, 6, 2}, stripe_ctr, stripe_dtr, stripe_map, stripe_status};

static int stripe_init(void)
{
	int err = dm_register_target(&stripe);
	report(stripe.version[2] + err);
	return err;
}

module_init(stripe_init);
