// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct iio_dev *registered;
static unsigned long mask;

int spi_write_then_read(const void *txbuf, u32 n_tx, void *rxbuf, u32 n_rx)
{
	kernel_only();
	const u8 *tx = txbuf;
	u16 value = tx[0] * 16 + tx[n_tx - 1];
	memcpy(rxbuf, &value, n_rx);
	return tx[0] & 0x80 ? 0 : -5;
}

struct iio_dev *iio_device_alloc(int sizeof_priv)
{
	kernel_only();
	struct iio_dev *indio_dev = kzalloc(sizeof(*indio_dev) + sizeof_priv, 0);
	indio_dev->priv = indio_dev + 1;
	return indio_dev;
}

int iio_device_register(struct iio_dev *indio_dev)
{
	kernel_only();
	registered = indio_dev;
	return indio_dev->num_channels ? 0 : -22;
}

void iio_push_to_buffers_with_timestamp(struct iio_dev *indio_dev, void *data, long timestamp)
{
	kernel_only();
	u16 *sample = data;
	((long *)data)[indio_dev->scan_bytes / 8 - 1] = timestamp;
	for (int i = 0; i < indio_dev->num_channels; i++)
		if (mask >> i & 1)
			report(*sample++ >> indio_dev->channels[i].scan_type.shift);
}

int later(void)
{
	int val = 0, val2 = 0;
	registered->active_scan_mask = &mask;
	registered->scan_bytes = 16;
	report(registered->info->read_raw(registered, &registered->channels[2], &val, &val2));
	report(val * 10000 + val2);
	for (mask = 0xa; mask < 16; mask += 5) {
		report(registered->info->update_scan_mode(registered, &mask));
		registered->trigger_handler(registered, mask * 1000);
	}
	mask = 0;
	return registered->info->update_scan_mode(registered, &mask);
}
