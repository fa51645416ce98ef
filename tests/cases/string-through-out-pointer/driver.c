// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct st {
	u32 t[3];
	u32 limit;
};

static u32 visible(const void *p, int type, u32 attr, int ch)
{
	const struct st *s = p;
	return type == 1 ? 0444 : s->limit ? 0644 : 0;
}

static int rd(struct dev *d, int type, u32 attr, int ch, long *val)
{
	struct st *s = d->drvdata;
	if (ch > 2)
		return -22;
	*val = type == 1 ? s->t[ch] * 10 + attr : s->limit;
	return 0;
}

static const char *const labels[] = {"cpu", "board", "ambient"};

static int rds(struct dev *d, int type, u32 attr, int ch, const char **str)
{
	*str = labels[ch];
	return 0;
}

static int wr(struct dev *d, int type, u32 attr, int ch, long val)
{
	struct st *s = d->drvdata;
	s->limit = val;
	return 0;
}
static const struct hops ops = {visible, rd, rds, wr};
static const u32 tc[] = {1, 3, 7, 0};
static const struct chan temp = {1, tc};
static const u32 fc[] = {5, 0};
static const struct chan fan = {2, fc};
static const struct chan *const info[] = {&temp, &fan, NULL};
static const struct chip chip = {&ops, info};
static struct dev P;

static int x_init(void)
{
	struct st *s = kzalloc(sizeof(*s), 0);
	s->t[0] = 40, s->t[1] = 30, s->t[2] = 20, s->limit = 90;
	struct dev *d = hw_register(&P, "x", s, &chip);
	report(s->limit);
	report(d != NULL);
	return 0;
}

module_init(x_init);
