// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct sensor inner = {7, 0}, outer = {9, 100};
static struct scan *scans[2];

static int x_done(struct scan *s, struct reading *r, u32 round)
{
	u32 i = r - s->readings;

	report(i * 100000 + r->value.raw * 10 + round);
	r->value.scaled = (int)(r->value.raw * s->gain) - 50;
	r->sensor->hits += round;
	if (i + 1 < s->n)
		s->readings[i + 1].value.raw += 3;
	return s->readings[s->n - 1].value.scaled;
}

static const struct scan_ops ops = {x_done};

static struct scan *x_scan(u32 n, u32 gain)
{
	struct scan *s = kzalloc(sizeof(*s) + n * sizeof(s->readings[0]), 0);

	s->ops = &ops;
	s->n = n;
	s->gain = gain;
	for (u32 i = 0; i < n; i++) {
		struct reading *r = &s->readings[i];

		r->channel = i * 2 + 1;
		r->name = i & 1 ? "odd" : "even-one";
		r->sensor = i & 1 ? &outer : &inner;
		r->value.raw = 10 * n + i;
	}
	return s;
}

static int x_init(void)
{
	scans[0] = x_scan(3, 2);
	scans[1] = x_scan(5, 4);
	report(scan_add(scans[0]));
	report(scan_add(scans[1]));
	for (u32 i = 0; i < 5; i++)
		report(scans[1]->readings[i].value.raw * 1000 + scans[1]->readings[i].channel);
	scans[1]->readings[4].value.raw = 77;
	scans[0]->readings[2].sensor = &outer;
	report(scan_run(scans[0], 1));
	report(scan_run(scans[1], 2));
	report(inner.hits * 1000 + outer.hits);
	report(scans[0]->readings[0].sensor->id * 10 + scans[1]->readings[3].sensor->id);
	for (u32 i = 0; i < 5; i++)
		report(scans[1]->readings[i].value.scaled);
	return 0;
}

module_init(x_init);
