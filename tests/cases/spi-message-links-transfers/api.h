// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct spi_device {
	u32 max_speed_hz;
	u8 mode;
	void *drvdata;
};

struct spi_transfer {
	const void *tx_buf;
	void *rx_buf;
	u32 len, speed_hz;
	struct list_head transfer_list;
};

struct spi_message {
	struct list_head transfers;
	u32 actual_length;
	int status;
	void (*complete)(void *context);
	void *context;
};

static inline void spi_message_add_tail(struct spi_transfer *t, struct spi_message *m)
{
	t->transfer_list.prev = m->transfers.prev;
	t->transfer_list.next = &m->transfers;
	m->transfers.prev->next = &t->transfer_list;
	m->transfers.prev = &t->transfer_list;
}

int spi_register(void *drvdata, int (*run)(struct spi_device *, u8));
int spi_async(struct spi_device *spi, struct spi_message *m);
