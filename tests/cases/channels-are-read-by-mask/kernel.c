// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct opaque {
	struct kiio_dev dev;
	unsigned long mask;
	u32 done;
	u8 priv[] __attribute__((aligned(8)));
};

static struct kiio_dev *device;

struct kiio_dev *kiio_alloc(size_t priv_size)
{
	struct opaque *o = kzalloc(sizeof(*o) + priv_size, 0);

	kernel_only();
	o->dev.priv = o->priv;
	o->dev.active_scan = &o->mask;
	return &o->dev;
}

void kiio_free(struct kiio_dev *d)
{
	kernel_only();
	kfree(d->poll);
	kfree(container_of(d, struct opaque, dev));
}

int kiio_register(struct kiio_dev *d, int (*thread)(int irq, void *p))
{
	kernel_only();
	d->poll = kzalloc(sizeof(*d->poll), 0);
	d->poll->dev = d;
	d->poll->thread = thread;
	for (int i = 0; i < d->nchannels; i++) {
		const struct kiio_chan *c = &d->channels[i];

		d->scan_bytes += c->scan_type.storagebits / 8;
		report(c->label[2] * 100 + c->scan_type.sign + c->modified * 10000 + c->indexed);
	}
	device = d;
	return d->modes & 4 ? 0 : -22;
}

int kiio_push(struct kiio_dev *d, void *data, u64 timestamp)
{
	u32 at = 0;

	kernel_only();
	for (int i = 0; i < d->nchannels; i++)
		if (*d->active_scan >> i & 1) {
			report(((u16 *)data)[at / 2] >> d->channels[i].scan_type.shift);
			at += 2;
		}
	*(u64 *)((u8 *)data + 8) = timestamp;
	return at;
}

void kiio_trigger_done(struct kiio_dev *d)
{
	kernel_only();
	container_of(d, struct opaque, dev)->done++;
}

static void read_all(long mask)
{
	for (int i = 0; i < device->nchannels; i++) {
		int val = 0, val2 = -1;

		report(device->info->read_raw(device, &device->channels[i], &val, &val2, mask));
		report(val);
		report(val2);
	}
}

static void show(const struct kiio_chan *c)
{
	for (const struct kiio_ext *e = c->ext; e->name; e++) {
		char page[64] = "";
		long n = e->read(device, e->private, page), sum = 0;

		for (long i = 0; i < n; i++)
			sum = (sum * 31 + page[i]) % 1000003;
		report(n * 10000000 + sum);
	}
}

int later(void)
{
	const struct kiio_info *info = device->info;
	const struct kiio_chan *c = device->channels;
	struct opaque *o = container_of(device, struct opaque, dev);
	const int *vals = NULL;
	int type = 0, length = 0, done;

	read_all(INFO_RAW);
	read_all(INFO_SCALE);
	report(info->read_avail(device, c, &vals, &type, &length, INFO_RAW));
	report(info->read_avail(device, c, &vals, &type, &length, INFO_FREQ));
	for (int i = 0; i < length; i++)
		report(vals[i] + type);
	report(info->write_raw(device, c, 800, 250000, INFO_FREQ));
	report(info->write_raw(device, c, 800, 1, INFO_FREQ));
	report(info->write_raw(device, c + 2, 1000, 0, INFO_BIAS));
	show(c + 1);
	report(c->ext->write(device, c->ext->private, "12\n", 3));
	report(c->ext->write(device, c->ext->private, "7\n", 2));
	show(c);
	read_all(INFO_FREQ);
	for (unsigned long m = 1; m < 9; m += 2) {
		o->mask = m;
		device->poll->timestamp = 1000000 + m;
		report(info->update_scan(device, device->active_scan));
		report(device->poll->thread(m, device->poll));
	}
	o->mask = 8;
	report(info->update_scan(device, device->active_scan));
	read_all(INFO_RAW);
	read_all(INFO_BIAS);
	done = o->done;
	kiio_free(device);
	return done;
}
