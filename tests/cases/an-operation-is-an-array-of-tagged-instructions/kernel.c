// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct nand_chip *scanned;

static int nand_exec_op(struct nand_chip *chip, const struct nand_op_instr *instrs, unsigned n)
{
	struct nand_operation op = {.cs = 0, .instrs = instrs, .ninstrs = n};
	int ret;

	mutex_lock(&chip->controller->lock);
	ret = chip->controller->ops->exec_op(chip, &op, 1);
	if (!ret)
		ret = chip->controller->ops->exec_op(chip, &op, 0);
	mutex_unlock(&chip->controller->lock);
	return ret;
}

static int nand_read_page(struct nand_chip *chip, u8 page, u8 column, u8 *buf, unsigned len)
{
	u8 addrs[2] = {column, page};
	struct nand_op_instr instrs[] = {
		{NAND_OP_CMD, {.cmd = {0x00}}},
		{NAND_OP_ADDR, {.addr = {2, addrs}}},
		{NAND_OP_WAIT, {.waitrdy = {20}}},
		{NAND_OP_DATA_IN, {.data = {len, {.in = buf}}}},
	};

	return nand_exec_op(chip, instrs, 4);
}

static int nand_write_page(struct nand_chip *chip, u8 page, const u8 *buf, const u8 *oob)
{
	u8 addrs[2] = {0, page};
	struct nand_op_instr instrs[] = {
		{NAND_OP_CMD, {.cmd = {0x80}}},
		{NAND_OP_ADDR, {.addr = {2, addrs}}},
		{NAND_OP_DATA_OUT, {.data = {chip->mtd.writesize, {.out = buf}}}},
		{NAND_OP_DATA_OUT, {.data = {chip->mtd.oobsize, {.out = oob}}}},
		{NAND_OP_WAIT, {.waitrdy = {300}}},
	};

	return nand_exec_op(chip, instrs, 5);
}

int nand_scan(struct nand_chip *chip)
{
	u8 zero = 0, id[3] = {0}, data[16], oob[4] = {0xee, 0xdd, 0xcc, 0xbb};
	struct nand_op_instr instrs[] = {{NAND_OP_CMD, {.cmd = {0x90}}},
		{NAND_OP_ADDR, {.addr = {1, &zero}}}, {NAND_OP_DATA_IN, {.data = {3, {.in = id}}}}};
	int ret = nand_exec_op(chip, instrs, 3);

	kernel_only();
	report(id[0] << 16 | id[1] << 8 | id[2]);
	chip->mtd.writesize = id[2];
	chip->mtd.oobsize = 4;
	if (!ret)
		ret = chip->controller->ops->attach_chip(chip);
	for (int i = 0; i < 16; i++)
		data[i] = i * 7;
	scanned = chip;
	return ret ? ret : nand_write_page(chip, 2, data, oob);
}

int later(void)
{
	u8 buf[8] = {0};

	report(nand_read_page(scanned, 2, 14, buf, 4));
	report(buf[0] << 24 | buf[1] << 16 | buf[2] << 8 | buf[3]);
	report(nand_read_page(scanned, 1, 0, buf, 2));
	report(buf[0] + buf[1] + buf[2]);
	return nand_read_page(scanned, 2, 16, buf, 8);
}
