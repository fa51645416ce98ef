// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct adc_state {
	u16 regs[4];
	unsigned active;
	int freq, freq_micro;
	struct {
		u16 channels[4];
		long timestamp;
	} scan;
};

#define ADC_CHANNEL(n, bits, pad)                                                                  \
	{.type = 1, .channel = n, .address = n, .scan_index = n,                                   \
		.scan_type = {'u', bits, 16, pad}, .info_mask_separate = 1 << IIO_CHAN_INFO_RAW}

static const struct iio_chan_spec adc_channels[] = {
	ADC_CHANNEL(0, 12, 4), ADC_CHANNEL(1, 12, 4), ADC_CHANNEL(2, 10, 6), ADC_CHANNEL(3, 14, 2)};

static int adc_read_raw(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int *val,
	int *val2, long mask)
{
	struct adc_state *st = iio_priv(indio_dev);

	switch (mask) {
	case IIO_CHAN_INFO_RAW:
		if (indio_dev->currentmode)
			return -16;
		*val = st->regs[chan->address] >> chan->scan_type.shift;
		return IIO_VAL_INT;
	case IIO_CHAN_INFO_SCALE:
		*val = 2500;
		*val2 = chan->scan_type.realbits;
		return IIO_VAL_FRACTIONAL;
	case IIO_CHAN_INFO_SAMP_FREQ:
		*val = st->freq;
		*val2 = st->freq_micro;
		return IIO_VAL_INT_PLUS_MICRO;
	}
	return -22;
}

static int adc_write_raw(
	struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int val, int val2, long mask)
{
	struct adc_state *st = iio_priv(indio_dev);

	if (mask != IIO_CHAN_INFO_SAMP_FREQ || val < 1)
		return -22;
	st->freq = val;
	st->freq_micro = val2;
	return 0;
}

static int adc_update_scan_mode(struct iio_dev *indio_dev, const unsigned long *scan_mask)
{
	struct adc_state *st = iio_priv(indio_dev);

	st->active = 0;
	for (int i = 0; i < indio_dev->num_channels; i++)
		st->active += *scan_mask >> i & 1;
	return st->active ? 0 : -22;
}

static int adc_trigger_handler(int irq, void *p)
{
	struct iio_poll_func *pf = p;
	struct iio_dev *indio_dev = pf->indio_dev;
	struct adc_state *st = iio_priv(indio_dev);
	int n = 0;

	for (int bit = 0; bit < indio_dev->num_channels; bit++)
		if (*indio_dev->active_scan_mask >> bit & 1)
			st->scan.channels[n++] = st->regs[indio_dev->channels[bit].address]++;
	report(iio_push_to_buffers_with_timestamp(indio_dev, &st->scan, pf->timestamp));
	report(st->scan.timestamp);
	iio_trigger_notify_done(indio_dev);
	return irq;
}

static const struct iio_info adc_info = {
	.read_raw = adc_read_raw,
	.write_raw = adc_write_raw,
	.update_scan_mode = adc_update_scan_mode,
};

static int adc_probe(void)
{
	struct iio_dev *indio_dev = iio_device_alloc(sizeof(struct adc_state));
	struct adc_state *st;
	int ret;

	if (!indio_dev)
		return -12;
	st = iio_priv(indio_dev);
	for (int i = 0; i < 4; i++)
		st->regs[i] = 0x1110 * (i + 1);
	indio_dev->name = "adc4";
	indio_dev->info = &adc_info;
	indio_dev->channels = adc_channels;
	indio_dev->num_channels = 4;
	ret = iio_triggered_buffer_setup(indio_dev, adc_trigger_handler);
	if (!ret)
		ret = iio_device_register(indio_dev);
	if (ret)
		iio_device_free(indio_dev);
	return ret;
}

module_init(adc_probe);
