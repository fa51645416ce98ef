// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct ksource source;
	struct kring ring;
	u16 lost;
};

static int x_sample(struct ksource *source, u32 raw)
{
	struct x_dev *x = container_of(source, struct x_dev, source);
	struct krecord *slot = (struct krecord *)x->ring.data + (x->ring.in & x->ring.mask);
	if (kring_used(&x->ring) > x->ring.mask) {
		x->lost++;
		x->ring.out++;
	}
	slot->channel = raw & 3;
	slot->lost = x->lost;
	slot->value = raw * 2;
	x->ring.in++;
	return kring_used(&x->ring) >= source->watermark;
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	struct krecord mine[2] = {{0}};
	kring_alloc(&x->ring, 4);
	x->source.sample = x_sample;
	x->source.ring = &x->ring;
	x->source.watermark = 3;
	report(ksource_run(&x->source, 5));
	report(kring_take(&x->ring, mine, 2));
	report(mine[0].value * 100 + mine[1].value);
	x->source.watermark = 9;
	report(ksource_run(&x->source, 6));
	report(x->lost * 100 + x->ring.in * 10 + kring_used(&x->ring));
	return 0;
}

module_init(x_init);
