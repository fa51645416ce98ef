// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct st {
	u32 raw[4];
	u32 reads;
};
static const struct chan ch[] = {{1, 0, 2, "a"}, {1, 1, 3, "b"}, {2, 5, 0, "c"}};

static int rr(struct idev *d, const struct chan *c, int *v, int *v2, long mask)
{
	struct st *s = idev_priv(d);
	s->reads++;
	switch (mask) {
	case 0:
		*v = s->raw[c - d->channels] >> c->shift;
		return 1;
	case 1:
		*v = c->channel;
		*v2 = 1000 * c->type;
		return 2;
	}
	return -22;
}
static const struct iinfo inf = {rr};

static int x_init(void)
{
	struct idev *d = idev_alloc(sizeof(struct st));
	struct st *s = idev_priv(d);
	d->channels = ch;
	d->num = 3;
	d->info = &inf;
	d->name = "adc";
	d->modes = 1;
	s->raw[0] = 100, s->raw[1] = 200, s->raw[2] = 300;
	report(idev_register(d));
	report(s->reads);
	return 0;
}

module_init(x_init);
