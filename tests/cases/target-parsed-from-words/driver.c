// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_stripe {
	struct bdev *dev;
	u32 start, ios;
};

struct x_ctx {
	u32 chunk, n, errors;
	struct x_stripe stripes[];
};

static int x_ctr(struct target *ti, u32 argc, char **argv)
{
	struct x_ctx *c;
	u32 chunk = 0, i;

	if (argc < 3 || argc % 2 == 0) {
		ti->error = "Not enough arguments";
		return -22;
	}
	if (kstrtouint(argv[0], 10, &chunk) || !chunk) {
		ti->error = "Invalid chunk size";
		return -22;
	}
	c = kzalloc(sizeof(*c) + argc / 2 * sizeof(c->stripes[0]), 0);
	c->chunk = chunk;
	for (i = 0; i < argc / 2; i++) {
		if (target_get(ti, argv[1 + 2 * i], &c->stripes[i].dev)) {
			ti->error = "Couldn't get device";
			goto bad;
		}
		kstrtouint(argv[2 + 2 * i], 10, &c->stripes[i].start);
		c->n++;
	}
	ti->max_io = chunk;
	ti->private = c;
	return 0;
bad:
	while (i--)
		target_put(ti, c->stripes[i].dev);
	kfree(c);
	return -6;
}

static void x_dtr(struct target *ti)
{
	struct x_ctx *c = ti->private;

	for (u32 i = 0; i < c->n; i++)
		target_put(ti, c->stripes[i].dev);
	kfree(c);
}

static int x_map(struct target *ti, struct bio *bio)
{
	struct x_ctx *c = ti->private;
	u64 at = bio->sector - target_begin(ti), chunk = at / c->chunk;
	struct x_stripe *s = &c->stripes[chunk % c->n];

	if (bio->op == 3)
		return 4;
	s->ios++;
	bio->bdev = s->dev;
	bio->sector = s->start + chunk / c->n * c->chunk + at % c->chunk;
	return 1;
}

static int x_end_io(struct target *ti, struct bio *bio, int *error)
{
	struct x_ctx *c = ti->private;

	if (!*error)
		return 0;
	c->errors++;
	*error = -121;
	return c->errors > 1 ? 1 : 0;
}

static void x_status(struct target *ti, int type, char *result, u32 maxlen)
{
	struct x_ctx *c = ti->private;
	u32 at = snprintf(result, maxlen, "%u", type ? c->chunk : c->errors);

	for (u32 i = 0; i < c->n; i++) {
		struct x_stripe *s = &c->stripes[i];

		at += snprintf(
			result + at, maxlen - at, " %s %u", s->dev->name, type ? s->start : s->ios);
	}
}

static struct target_type type = {.name = "x-striped",
	.version = {1, 6, 0},
	.ctr = x_ctr,
	.dtr = x_dtr,
	.map = x_map,
	.end_io = x_end_io,
	.status = x_status};

static int x_init(void)
{
	return register_target(&type);
}

module_init(x_init);
