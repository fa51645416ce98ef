// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_state {
	struct mutex lock;
	u32 gain, freq_index, scans;
	int bias[3];
	unsigned long scan_mask;

	struct {
		u16 values[4];
		u64 timestamp __attribute__((aligned(8)));
	} scan;
};

static const int freqs[] = {10, 0, 12, 500000, 100, 0, 800, 250000};
static const char *const powers[] = {"low", "normal", "high"};

static u32 sample(struct x_state *st, const struct kiio_chan *c)
{
	return ((c->address * 37 + st->scans * 5) * st->gain) & ((1 << c->scan_type.realbits) - 1);
}

static int read_raw(struct kiio_dev *d, const struct kiio_chan *c, int *val, int *val2, long mask)
{
	struct x_state *st = kiio_priv(d);

	switch (mask) {
	case INFO_RAW:
		mutex_lock(&st->lock);
		*val = sample(st, c) + st->bias[c->channel];
		mutex_unlock(&st->lock);
		return VAL_INT;
	case INFO_SCALE:
		*val = 2500 * st->gain;
		*val2 = c->scan_type.realbits;
		return VAL_FRACTION;
	case INFO_FREQ:
		*val = freqs[2 * st->freq_index];
		*val2 = freqs[2 * st->freq_index + 1];
		return VAL_PLUS_MICRO;
	}
	return -22;
}

static int write_raw(struct kiio_dev *d, const struct kiio_chan *c, int val, int val2, long mask)
{
	struct x_state *st = kiio_priv(d);

	if (mask == INFO_BIAS) {
		st->bias[c->channel] = val;
		return 0;
	}
	if (mask != INFO_FREQ)
		return -22;
	for (u32 i = 0; i < sizeof(freqs) / sizeof(freqs[0]) / 2; i++)
		if (freqs[2 * i] == val && freqs[2 * i + 1] == val2) {
			st->freq_index = i;
			return 0;
		}
	return -34;
}

static int read_avail(struct kiio_dev *d, const struct kiio_chan *c, const int **vals, int *type,
	int *length, long mask)
{
	if (mask != INFO_FREQ)
		return -22;
	*vals = freqs;
	*type = VAL_PLUS_MICRO;
	*length = sizeof(freqs) / sizeof(freqs[0]);
	return VAL_LIST;
}

static int update_scan(struct kiio_dev *d, const unsigned long *mask)
{
	struct x_state *st = kiio_priv(d);

	st->scan_mask = *mask;
	return *mask & 8 ? -22 : 0;
}

static int x_thread(int irq, void *p)
{
	struct kpoll *pf = p;
	struct kiio_dev *d = pf->dev;
	struct x_state *st = kiio_priv(d);
	int n = 0;

	for (int i = 0; i < d->nchannels; i++) {
		const struct kiio_chan *c = &d->channels[i];

		if (*d->active_scan >> c->scan_index & 1)
			st->scan.values[n++] = sample(st, c) << c->scan_type.shift;
	}
	st->scans++;
	report(kiio_push(d, &st->scan, pf->timestamp));
	report(st->scan.timestamp);
	kiio_trigger_done(d);
	return irq;
}

static long power_read(struct kiio_dev *d, unsigned long private, char *buf)
{
	struct x_state *st = kiio_priv(d);

	return snprintf(buf, 64, "%s/%u:%lu\n", powers[st->gain % 3], st->gain, private);
}

static long power_write(struct kiio_dev *d, unsigned long private, const char *buf, size_t len)
{
	struct x_state *st = kiio_priv(d);
	u32 gain;
	int err = kstrtouint(buf, 10, &gain);

	if (err)
		return err;
	if (gain > private)
		return -22;
	st->gain = gain;
	return len;
}

static const struct kiio_ext ext[] = {{"power", power_read, power_write, 9}, {}};

#define CHANNEL(n, bits, sh)                                                                       \
	{                                                                                              \
		.channel = n, .address = 0x10 + 3 * (n), .scan_index = n,                                  \
		.scan_type = {'u', bits, 16, sh}, .info_mask = 1 << INFO_RAW | 1 << INFO_SCALE,            \
		.ext = ext, .label = "in" #n, .indexed = 1, .modified = n                                  \
	}

static const struct kiio_chan channels[] = {CHANNEL(0, 12, 4), CHANNEL(1, 10, 0), CHANNEL(2, 14, 2)};
static const struct kiio_info info = {read_raw, write_raw, read_avail, update_scan};

static int x_init(void)
{
	struct kiio_dev *d = kiio_alloc(sizeof(struct x_state));
	struct x_state *st;
	int err;

	if (!d)
		return -12;
	st = kiio_priv(d);
	st->gain = 2;
	st->bias[1] = -7;
	d->name = "x-adc";
	d->modes = 5;
	d->channels = channels;
	d->nchannels = 3;
	d->info = &info;
	err = kiio_register(d, x_thread);
	if (err)
		kiio_free(d);
	report(d->scan_bytes);
	return err;
}

module_init(x_init);
