// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	struct fifo *fifo = fifo_get();
	u8 *bytes = kzalloc(24, 0);
	long sum = 0;

	report(fifo->ops->fill(fifo, bytes, 12));
	report(fifo->ops->fill(fifo, bytes + 12, 8));
	for (int i = 0; i < 24; i++)
		sum = (sum * 3 + bytes[i]) % 1000003;
	report(sum);
	report(checksum(bytes, 10));
	report(send(bytes, 20));
	return 0;
}

module_init(x_init);
