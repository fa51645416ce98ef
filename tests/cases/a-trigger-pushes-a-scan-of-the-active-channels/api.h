// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { IIO_VAL_INT = 1, IIO_VAL_INT_PLUS_MICRO = 2, IIO_VAL_FRACTIONAL = 10 };
enum { IIO_CHAN_INFO_RAW, IIO_CHAN_INFO_SCALE, IIO_CHAN_INFO_SAMP_FREQ };

struct iio_dev;

struct iio_chan_spec {
	int type;
	int channel;
	unsigned long address;
	int scan_index;
	struct {
		char sign;
		u8 realbits;
		u8 storagebits;
		u8 shift;
	} scan_type;
	long info_mask_separate;
};

struct iio_info {
	int (*read_raw)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int *val,
		int *val2, long mask);
	int (*write_raw)(struct iio_dev *indio_dev, struct iio_chan_spec const *chan, int val,
		int val2, long mask);
	int (*update_scan_mode)(struct iio_dev *indio_dev, const unsigned long *scan_mask);
};

struct iio_poll_func {
	struct iio_dev *indio_dev;
	int (*thread)(int irq, void *p);
	long timestamp;
};

struct iio_dev {
	int currentmode;
	const unsigned long *active_scan_mask;
	struct iio_poll_func *pollfunc;
	struct iio_chan_spec const *channels;
	int num_channels;
	const char *name;
	const struct iio_info *info;
	void *priv;
};

static inline void *iio_priv(const struct iio_dev *indio_dev)
{
	return indio_dev->priv;
}

struct iio_dev *iio_device_alloc(int sizeof_priv);
void iio_device_free(struct iio_dev *indio_dev);
int iio_device_register(struct iio_dev *indio_dev);
int iio_triggered_buffer_setup(struct iio_dev *indio_dev, int (*thread)(int irq, void *p));
int iio_push_to_buffers_with_timestamp(struct iio_dev *indio_dev, void *data, long timestamp);
void iio_trigger_notify_done(struct iio_dev *indio_dev);
