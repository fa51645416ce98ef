// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_event {
	u32 stamp;
	u16 code;
	u8 level, flags;
};

struct x_dev {
	u32 seen;
	struct kfifo fifo;
	struct x_event storage[8];
	struct kfifo bytes;
	u8 raw[16];
};

static struct x_dev dev;

static u32 x_sample(u32 now, u32 *dropped)
{
	struct x_event e[2] = {{now, dev.seen, 3, 1}, {now + 1, dev.seen * 2, 4}};
	u8 tag[3] = {'t', now, dev.seen};

	dev.seen++;
	if (kfifo_avail(&dev.fifo) < 2)
		++*dropped;
	kfifo_in(&dev.bytes, tag, 3);
	return kfifo_in(&dev.fifo, e, 2);
}

static long x_drain(u32 max)
{
	struct x_event e[3];
	long sum = 0;
	u8 b = 0;
	u32 n;

	while (max && (n = kfifo_out(&dev.fifo, e, max < 3 ? max : 3))) {
		for (u32 i = 0; i < n; i++)
			sum = sum * 3 + e[i].stamp + e[i].code * e[i].level + e[i].flags;
		max -= n;
	}
	if (kfifo_peek(&dev.bytes, &b, 1))
		sum += b * 1000;
	kfifo_out(&dev.bytes, &b, 1);
	return sum;
}

static int x_init(void)
{
	u32 dropped = 0;
	int status = kfifo_init(&dev.fifo, dev.storage, 8, sizeof(struct x_event));

	if (!status)
		status = kfifo_init(&dev.bytes, dev.raw, 16, 1);
	if (status)
		return status;
	report(kfifo_avail(&dev.fifo));
	report(x_sample(5, &dropped));
	report(dev.storage[1].code + dev.storage[1].stamp + dev.raw[0]);
	report(x_drain(1));
	report(kfifo_len(&dev.fifo) * 10 + dropped);
	call_sampler(x_sample, x_drain);
	return 0;
}

module_init(x_init);
