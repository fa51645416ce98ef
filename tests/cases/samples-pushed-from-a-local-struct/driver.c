// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_state {
	short raw[4];
	int gain_int, gain_micro;
	u32 pushes;
};

static const struct chan_spec channels[] = {
	{1, 0, 0, 12, 16, NULL}, {1, 1, 1, 12, 16, "supply"}, {2, 0, 2, 14, 16, NULL}};

static int x_read_raw(
	struct iio_dev *dev, const struct chan_spec *chan, int *val, int *val2, long mask)
{
	struct x_state *s = iio_priv(dev);

	if (mask == 0) {
		*val = s->raw[chan->scan_index] & ((1 << chan->realbits) - 1);
		return 1;
	}
	*val = s->gain_int * (chan - channels + 1);
	*val2 = s->gain_micro;
	return 3;
}

static int x_write_raw(
	struct iio_dev *dev, const struct chan_spec *chan, int val, int val2, long mask)
{
	struct x_state *s = iio_priv(dev);

	if (mask != 2 || chan->type != 2)
		return -22;
	s->gain_int = val;
	s->gain_micro = val2;
	return 0;
}

static int x_trigger(int irq, void *p)
{
	struct poll_func *pf = p;
	struct iio_dev *dev = pf->dev;
	struct x_state *s = iio_priv(dev);

	struct {
		short values[4];
		long ts;
	} scan = {{0}};

	int n = 0;

	for (int i = 0; i < dev->num_channels; i++)
		if (dev->active_scan_mask >> i & 1)
			scan.values[n++] = s->raw[dev->channels[i].scan_index] += irq;
	s->pushes++;
	return iio_push(dev, &scan, pf->timestamp + s->pushes);
}

static const struct iio_info info = {x_read_raw, x_write_raw};

static int x_init(void)
{
	struct iio_dev *dev = iio_alloc(sizeof(struct x_state));
	struct x_state *s = iio_priv(dev);

	for (int i = 0; i < 4; i++)
		s->raw[i] = 1000 * i - 300;
	s->gain_int = 2;
	dev->name = "x-adc";
	dev->info = &info;
	dev->channels = channels;
	dev->num_channels = 3;
	return iio_register(dev, x_trigger);
}

module_init(x_init);
