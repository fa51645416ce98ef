// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct list_head queue = {&queue, &queue};
static struct spi_device device = {.max_speed_hz = 1000};
static u8 last[2];

static int transfer_one(struct spi_device *spi, struct spi_message *m, struct spi_transfer *t)
{
	if (!t->speed_hz || t->speed_hz > spi->max_speed_hz)
		t->speed_hz = spi->max_speed_hz;
	if (t->tx_buf)
		memcpy(last, t->tx_buf, t->len < 2 ? t->len : 2);
	for (unsigned i = 0; t->rx_buf && i < t->len; i++)
		((u8 *)t->rx_buf)[i] = last[0] + i * last[1];
	m->actual_length += t->len;
	return 0;
}

static void pump(struct spi_message *m)
{
	for (struct list_head *at = m->transfers.next; at != &m->transfers; at = at->next) {
		struct spi_transfer *t = container_of(at, struct spi_transfer, transfer_list);

		m->frame_length += t->len;
		m->status = transfer_one(m->spi, m, t);
	}
	if (m->complete)
		m->complete(m->context);
}

int spi_setup(struct spi_device *spi)
{
	kernel_only();
	if (spi->mode > 3)
		return -22;
	spi->max_speed_hz = 800 + spi->mode;
	return 0;
}

int spi_sync(struct spi_device *spi, struct spi_message *message)
{
	kernel_only();
	message->spi = spi;
	pump(message);
	return message->status;
}

int spi_async(struct spi_device *spi, struct spi_message *message)
{
	kernel_only();
	message->spi = spi;
	message->status = -115;
	list_add_tail(&message->queue, &queue);
	return 0;
}

int spi_register_driver(struct spi_driver *sdrv)
{
	kernel_only();
	return sdrv->probe(&device);
}

int later(void)
{
	struct spi_message *m = container_of(queue.next, struct spi_message, queue);

	if (queue.next == &queue)
		return -1;
	list_del(&m->queue);
	report(m->status);
	pump(m);
	report(m->frame_length);
	return device.drvdata != NULL;
}
