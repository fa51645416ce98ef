// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct flash {
	struct spi_device *spi;
	u8 cmd[2];
	u8 data[6];
	struct spi_transfer xfer[2];
	struct spi_message msg;
	int completed;
};

static int flash_read(struct flash *flash, u8 opcode, u8 *buf, unsigned len)
{
	u8 cmd[2] = {opcode, 0x10};
	struct spi_transfer t[2] = {{.tx_buf = cmd, .len = 2, .speed_hz = 500}, {.rx_buf = buf, .len = len}};
	struct spi_message m;
	int ret;

	spi_message_init(&m);
	for (int i = 0; i < 2; i++)
		spi_message_add_tail(&t[i], &m);
	ret = spi_sync(flash->spi, &m);
	report(m.actual_length);
	report(t[1].speed_hz);
	return ret;
}

static void flash_complete(void *context)
{
	struct flash *flash = context;

	flash->completed++;
	report(flash->msg.status);
	report(flash->msg.actual_length);
	report(flash->data[0] << 8 | flash->data[5]);
}

static int flash_probe(struct spi_device *spi)
{
	struct flash *flash;
	u8 id[3] = {0};
	int ret;

	spi->mode = 3;
	ret = spi_setup(spi);
	if (ret)
		return ret;
	flash = kzalloc(sizeof(*flash), 0);
	if (!flash)
		return -12;
	flash->spi = spi;
	spi->drvdata = flash;
	report(flash_read(flash, 0x9f, id, sizeof(id)));
	report(id[0] << 16 | id[1] << 8 | id[2]);
	if (id[0] != 0x9f) {
		spi->drvdata = NULL;
		kfree(flash);
		return -19;
	}
	spi_message_init(&flash->msg);
	flash->cmd[0] = 0x03;
	flash->cmd[1] = 0x40;
	flash->xfer[0].tx_buf = flash->cmd;
	flash->xfer[0].len = sizeof(flash->cmd);
	flash->xfer[1].rx_buf = flash->data;
	flash->xfer[1].len = sizeof(flash->data);
	spi_message_add_tail(&flash->xfer[0], &flash->msg);
	spi_message_add_tail(&flash->xfer[1], &flash->msg);
	flash->msg.complete = flash_complete;
	flash->msg.context = flash;
	ret = spi_async(spi, &flash->msg);
	report(flash->completed);
	return ret;
}

static struct spi_driver flash_driver = {.name = "flash", .probe = flash_probe};

static int flash_init(void)
{
	return spi_register_driver(&flash_driver);
}

module_init(flash_init);
