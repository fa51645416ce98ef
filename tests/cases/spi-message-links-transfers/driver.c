// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_adc {
	struct mutex lock;
	u32 done, bytes;
	u8 last[4];
};

static void x_done(void *context)
{
	((struct x_adc *)context)->done++;
}

static int x_sample(struct spi_device *spi, u8 channel)
{
	struct x_adc *x = spi->drvdata;
	u8 cmd[2] = {channel, x->last[0]};
	struct spi_transfer t[2] = {
		{.tx_buf = cmd, .len = 2},
		{.rx_buf = x->last, .len = 4, .speed_hz = spi->max_speed_hz / 2},
	};
	struct spi_message m = {{&m.transfers, &m.transfers}, 0, 0, x_done, x};
	spi_message_add_tail(&t[0], &m);
	spi_message_add_tail(&t[1], &m);
	mutex_lock(&x->lock);
	if (spi_async(spi, &m) == 0)
		x->bytes += m.actual_length;
	mutex_unlock(&x->lock);
	if (m.status)
		return m.status;
	return (x->last[1] * 100 + x->last[3]) * 100 + x->done * 10 + t[0].speed_hz % 10;
}

static int x_init(void)
{
	struct x_adc *x = kzalloc(sizeof *x, 0);
	report(spi_register(x, x_sample));
	report(x->bytes * 10 + x->last[2]);
	return 0;
}
module_init(x_init);
