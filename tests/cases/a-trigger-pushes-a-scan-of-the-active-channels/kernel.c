// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct iio_dev_opaque {
	struct iio_dev indio_dev;
	int scan_bytes;
	int done;
	u16 fifo[16];
	int fill;
	unsigned long mask;
};

#define to_iio_dev_opaque(dev) container_of(dev, struct iio_dev_opaque, indio_dev)

static struct iio_dev *registered;

struct iio_dev *iio_device_alloc(int sizeof_priv)
{
	struct iio_dev_opaque *opaque;
	size_t size = (sizeof(*opaque) + 63) & ~63UL;

	kernel_only();
	opaque = kzalloc(size + sizeof_priv, 0);
	if (!opaque)
		return NULL;
	opaque->indio_dev.priv = (char *)opaque + size;
	return &opaque->indio_dev;
}

void iio_device_free(struct iio_dev *indio_dev)
{
	kernel_only();
	kfree(indio_dev->pollfunc);
	kfree(to_iio_dev_opaque(indio_dev));
}

int iio_triggered_buffer_setup(struct iio_dev *indio_dev, int (*thread)(int irq, void *p))
{
	kernel_only();
	indio_dev->pollfunc = kzalloc(sizeof(*indio_dev->pollfunc), 0);
	indio_dev->pollfunc->indio_dev = indio_dev;
	indio_dev->pollfunc->thread = thread;
	return 0;
}

int iio_device_register(struct iio_dev *indio_dev)
{
	kernel_only();
	for (int i = 0; i < indio_dev->num_channels; i++)
		if (indio_dev->channels[i].scan_type.storagebits != 16)
			return -22;
	registered = indio_dev;
	return 0;
}

int iio_push_to_buffers_with_timestamp(struct iio_dev *indio_dev, void *data, long timestamp)
{
	struct iio_dev_opaque *opaque = to_iio_dev_opaque(indio_dev);

	kernel_only();
	((long *)data)[1] = timestamp;
	memcpy(opaque->fifo + opaque->fill, data, opaque->scan_bytes);
	opaque->fill += opaque->scan_bytes / 2;
	return opaque->fill;
}

void iio_trigger_notify_done(struct iio_dev *indio_dev)
{
	kernel_only();
	to_iio_dev_opaque(indio_dev)->done++;
}

int later(void)
{
	struct iio_dev *dev = registered;
	struct iio_dev_opaque *opaque = to_iio_dev_opaque(dev);
	int val = 0, val2 = 0;

	report(dev->info->read_raw(dev, &dev->channels[2], &val, &val2, IIO_CHAN_INFO_RAW));
	report(val);
	dev->info->write_raw(dev, &dev->channels[0], 440, 50, IIO_CHAN_INFO_SAMP_FREQ);
	dev->info->read_raw(dev, &dev->channels[0], &val, &val2, IIO_CHAN_INFO_SAMP_FREQ);
	report(val * 100 + val2);
	opaque->mask = 0xa;
	dev->active_scan_mask = &opaque->mask;
	dev->currentmode = 2;
	report(dev->info->update_scan_mode(dev, dev->active_scan_mask));
	opaque->scan_bytes = 4;
	for (int i = 0; i < 2; i++) {
		dev->pollfunc->timestamp = 1000 + i;
		report(dev->pollfunc->thread(9, dev->pollfunc));
	}
	report(opaque->fifo[2]);
	report(opaque->fifo[3]);
	report(opaque->done);
	return dev->info->read_raw(dev, &dev->channels[2], &val, &val2, IIO_CHAN_INFO_RAW);
}
