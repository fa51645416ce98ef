// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ads_state {
	u32 vref, scans, enabled;
	u8 tx[2];
	struct {
		u16 chan[4];
		long timestamp;
	} scan;
};

#define ADS_CHANNEL(_index, _address, _bits) {_index, _index, _address, {_bits, 16, 16 - _bits}}
static const struct iio_chan_spec ads_channels[] = {
	ADS_CHANNEL(0, 0x10, 12), ADS_CHANNEL(1, 0x50, 12), ADS_CHANNEL(2, 0x20, 10), ADS_CHANNEL(3, 0x60, 10)};

static int ads_convert(struct ads_state *st, u32 address)
{
	u16 raw;
	st->tx[0] = 0x80 | address;
	st->tx[1] = st->scans;
	return spi_write_then_read(st->tx, sizeof(st->tx), &raw, sizeof(raw)) ? -5 : raw;
}

static int ads_read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan, int *val, int *val2)
{
	struct ads_state *st = indio_dev->priv;
	*val = ads_convert(st, chan->address);
	if (*val < 0)
		return *val;
	*val >>= chan->scan_type.shift;
	*val2 = st->vref >> chan->scan_type.realbits;
	return chan - indio_dev->channels;
}

static int ads_update_scan_mode(struct iio_dev *indio_dev, const unsigned long *scan_mask)
{
	struct ads_state *st = indio_dev->priv;
	st->enabled = 0;
	for (int i = 0; i < indio_dev->num_channels; i++)
		st->enabled += *scan_mask >> indio_dev->channels[i].scan_index & 1;
	return st->enabled ? 0 : -22;
}

static void ads_trigger_handler(struct iio_dev *indio_dev, long timestamp)
{
	struct ads_state *st = indio_dev->priv;
	int n = 0;
	st->scans++;
	for (int i = 0; i < indio_dev->num_channels; i++)
		if (*indio_dev->active_scan_mask >> i & 1)
			st->scan.chan[n++] = ads_convert(st, ads_channels[i].address);
	iio_push_to_buffers_with_timestamp(indio_dev, &st->scan, timestamp);
	report(st->enabled * 100000 + st->scan.timestamp + n);
}

static const struct iio_info ads_info = {ads_read_raw, ads_update_scan_mode};

static int ads_init(void)
{
	struct iio_dev *indio_dev = iio_device_alloc(sizeof(struct ads_state));
	struct ads_state *st;
	if (!indio_dev)
		return -12;
	st = indio_dev->priv;
	st->vref = 2500 << 10;
	indio_dev->channels = ads_channels;
	indio_dev->num_channels = 4;
	indio_dev->info = &ads_info;
	indio_dev->trigger_handler = ads_trigger_handler;
	return iio_device_register(indio_dev);
}

module_init(ads_init);
