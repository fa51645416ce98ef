// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct spi_device slave = {.max_speed_hz = 107, .mode = 1};
static int (*sample)(struct spi_device *, u8);
static u8 shift[2];

int spi_register(void *drvdata, int (*run)(struct spi_device *, u8))
{
	kernel_only();
	sample = run;
	slave.drvdata = drvdata;
	return run(&slave, 3);
}

int spi_async(struct spi_device *spi, struct spi_message *m)
{
	kernel_only();
	for (struct list_head *l = m->transfers.next; l != &m->transfers; l = l->next) {
		struct spi_transfer *t = container_of(l, struct spi_transfer, transfer_list);
		u8 *rx = t->rx_buf;
		t->speed_hz = t->speed_hz ?: spi->max_speed_hz;
		if (t->tx_buf)
			memcpy(shift, t->tx_buf, sizeof(shift));
		for (u32 i = 0; rx && i < t->len; i++)
			rx[i] = shift[i & 1] + i * spi->mode + t->speed_hz / 50;
		m->actual_length += t->len;
	}
	m->status = shift[0] == 99 ? -71 : 0;
	m->complete(m->context);
	return m->status;
}

int later(void)
{
	int sum = sample(&slave, 5);
	kernel_only();
	slave.max_speed_hz = 64;
	sum += sample(&slave, 7);
	return sum + sample(&slave, 99);
}
