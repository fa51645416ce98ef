// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct scan *known[4];
static u32 nknown;

int scan_add(struct scan *s)
{
	u32 sum = 0;

	kernel_only();
	known[nknown++] = s;
	for (u32 i = 0; i < s->n; i++) {
		sum += s->readings[i].channel * 100 + strlen(s->readings[i].name);
		s->readings[i].channel += 10 * nknown;
	}
	return sum;
}

int scan_run(struct scan *s, u32 round)
{
	int last = 0;

	kernel_only();
	for (u32 i = 0; i < s->n; i++) {
		struct reading *r = &s->readings[i];

		r->value.raw += r->sensor->id;
		last = s->ops->done(s, r, round);
		report(r->value.scaled);
	}
	if (s->n > 3) {
		struct sensor *first = s->readings[0].sensor;

		s->readings[0].sensor = s->readings[3].sensor;
		s->readings[3].sensor = first;
	}
	return last;
}

int later(void)
{
	for (u32 k = 0; k < nknown; k++) {
		known[k]->gain++;
		report(scan_run(known[k], 3 + k));
	}
	return known[1]->readings[3].sensor->hits;
}
