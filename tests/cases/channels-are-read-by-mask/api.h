// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kiio_dev;

enum { VAL_INT = 1, VAL_PLUS_MICRO, VAL_FRACTION, VAL_LIST };
enum { INFO_RAW, INFO_SCALE, INFO_FREQ, INFO_BIAS };

struct kiio_ext {
	const char *name;
	long (*read)(struct kiio_dev *d, unsigned long private, char *buf);
	long (*write)(struct kiio_dev *d, unsigned long private, const char *buf, size_t len);
	unsigned long private;
};

struct kiio_chan {
	int channel;
	unsigned long address;
	int scan_index;

	struct {
		char sign;
		u8 realbits, storagebits, shift;
	} scan_type;

	u64 info_mask;
	const struct kiio_ext *ext;
	const char *label;
	unsigned indexed : 1, differential : 1, modified : 2;
};

struct kiio_info {
	int (*read_raw)(struct kiio_dev *d, const struct kiio_chan *c, int *val, int *val2, long mask);
	int (*write_raw)(struct kiio_dev *d, const struct kiio_chan *c, int val, int val2, long mask);
	int (*read_avail)(struct kiio_dev *d, const struct kiio_chan *c, const int **vals, int *type,
		int *length, long mask);
	int (*update_scan)(struct kiio_dev *d, const unsigned long *mask);
};

struct kpoll {
	struct kiio_dev *dev;
	u64 timestamp;
	int (*thread)(int irq, void *p);
};

struct kiio_dev {
	const char *name;
	int modes;
	const struct kiio_chan *channels;
	int nchannels;
	const struct kiio_info *info;
	unsigned long *active_scan;
	u32 scan_bytes;
	void *priv;
	struct kpoll *poll;
};

struct kiio_dev *kiio_alloc(size_t priv_size);
void kiio_free(struct kiio_dev *d);
int kiio_register(struct kiio_dev *d, int (*thread)(int irq, void *p));
int kiio_push(struct kiio_dev *d, void *data, u64 timestamp);
void kiio_trigger_done(struct kiio_dev *d);
int snprintf(char *to, size_t size, const char *format, ...);
int kstrtouint(const char *string, u32 base, u32 *result);

static inline void *kiio_priv(const struct kiio_dev *d)
{
	return d->priv;
}
