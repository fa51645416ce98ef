// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_adc {
	u16 sample[3];

	struct {
		u16 chan[4];
		u32 stamp;
	} scan;
};

static int x_read_raw(struct iio_dev *iio, const struct iio_chan_spec *c, int *val, int *val2)
{
	struct x_adc *x = (void *)iio->priv;
	x->sample[c->channel] += 16 << c->channel;
	*val = x->sample[c->channel] >> c->shift;
	*val2 = c->realbits;
	return 1;
}

static int x_trigger(struct iio_dev *iio)
{
	struct x_adc *x = (void *)iio->priv;
	u32 n = 0;
	for (u32 i = 0; i < 3; i++)
		if (*iio->active_scan_mask >> iio->channels[i].scan_index & 1)
			x->scan.chan[n++] = x->sample[iio->channels[i].channel] + i;
	x->scan.stamp = n * 1000;
	return iio_push_to_buffers(iio, &x->scan);
}

static const struct iio_chan_spec x_channels[] = {{2, 0, 12, 4}, {0, 1, 12, 0}, {1, 2, 10, 2}};

static int x_init(void)
{
	struct iio_dev *iio = iio_device_alloc(sizeof(struct x_adc));
	struct x_adc *x = (void *)iio->priv;
	iio->channels = x_channels;
	iio->read_raw = x_read_raw;
	iio->trigger = x_trigger;
	report(iio_device_register(iio));
	report(x->sample[0] + x->sample[1] * 2 + x->sample[2] * 3);
	return 0;
}
module_init(x_init);
