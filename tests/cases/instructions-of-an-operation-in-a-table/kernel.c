// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct nand_chip *the_chip;

static int run(struct nand_chip *chip, const struct nand_instr *instrs, u32 count)
{
	struct nand_operation op = {0, instrs, count};
	int err = chip->controller->ops->exec_op(chip, &op, 1);

	if (err)
		return err;
	return chip->controller->ops->exec_op(chip, &op, 0);
}

static int read_op(struct nand_chip *chip, u8 row, u8 column, void *buf, u32 len)
{
	u8 addrs[2] = {column, row};
	struct nand_instr instrs[] = {
		{.type = NAND_CMD, .ctx.cmd.opcode = 0},
		{.type = NAND_ADDR, .ctx.addr = {2, addrs}, .delay_ns = 50},
		{.type = NAND_WAITRDY, .ctx.waitrdy.timeout_ms = 3},
		{.type = NAND_DATA_IN, .ctx.data = {.len = len, .buf.in = buf}},
	};

	return run(chip, instrs, 4);
}

static int status(struct nand_chip *chip)
{
	u8 status = 0;
	struct nand_instr instrs[] = {
		{.type = NAND_CMD, .ctx.cmd.opcode = 0x70, .delay_ns = 20},
		{.type = NAND_DATA_IN, .ctx.data = {.len = 1, .buf.in = &status}},
	};
	int err = run(chip, instrs, 2);

	return err ? err : status;
}

static int write_op(struct nand_chip *chip, u8 row, const u8 *data)
{
	u8 addrs[2] = {0, row};
	struct nand_instr instrs[] = {
		{.type = NAND_CMD, .ctx.cmd.opcode = 0x80},
		{.type = NAND_ADDR, .ctx.addr = {2, addrs}},
		{.type = NAND_DATA_OUT, .ctx.data = {.len = chip->page_size, .buf.out = data}},
		{.type = NAND_DATA_OUT, .ctx.data = {.len = chip->oob_size}},
		{.type = NAND_CMD, .ctx.cmd.opcode = 0x10},
	};
	int err;

	for (u32 i = 0; i < chip->page_size / chip->ecc.size; i++)
		chip->ecc.calculate(
			chip, data + i * chip->ecc.size, chip->oob_poi + i * chip->ecc.bytes);
	instrs[3].ctx.data.buf.out = chip->oob_poi;
	err = run(chip, instrs, 5);
	return err ? err : status(chip);
}

static int read_page(struct nand_chip *chip, u8 row, u8 *data)
{
	u8 code[2];
	int flips = 0, err = read_op(chip, row, 0, data, chip->page_size);

	if (!err)
		err = read_op(chip, row, chip->page_size, chip->oob_poi, chip->oob_size);
	if (err)
		return err;
	for (u32 i = 0; i < chip->page_size / chip->ecc.size; i++) {
		u8 *part = data + i * chip->ecc.size;

		chip->ecc.calculate(chip, part, code);
		err = chip->ecc.correct(chip, part, chip->oob_poi + i * chip->ecc.bytes, code);
		if (err < 0)
			return err;
		flips += err;
	}
	chip->ecc.corrected += flips;
	return flips;
}

int knand_scan(struct nand_chip *chip, int chips)
{
	u8 addr = 0x20, page[16];
	struct nand_instr instrs[] = {
		{.type = NAND_CMD, .ctx.cmd.opcode = 0x90},
		{.type = NAND_ADDR, .ctx.addr = {1, &addr}},
		{.type = NAND_DATA_IN, .ctx.data = {.len = 4, .buf.in = chip->id}},
	};
	int err;

	kernel_only();
	err = run(chip, instrs, 3);
	if (err)
		return err;
	chip->page_size = 16;
	chip->oob_size = 8;
	chip->oob_poi = kzalloc(8, 0);
	err = chip->controller->ops->attach(chip);
	if (err)
		return err;
	the_chip = chip;
	for (int i = 0; i < 16; i++)
		page[i] = 200 - 7 * i;
	report(write_op(chip, 2, page));
	return chips == 1 ? 0 : -19;
}

int later(void)
{
	u8 page[32];
	long sum = 0;

	report(read_op(the_chip, 0, 0, page, 30));
	report(read_op(the_chip, 0, 20, page, 6));
	report(read_page(the_chip, 2, page));
	for (int i = 0; i < 16; i++)
		sum = (sum * 3 + page[i]) % 1000003;
	report(sum);
	page[1] = 0;
	report(write_op(the_chip, 2, page));
	report(read_page(the_chip, 2, page));
	report(page[1] * 1000 + page[3]);
	report(read_page(the_chip, 1, page));
	report(the_chip->ecc.failed * 10 + the_chip->ecc.corrected);
	return the_chip->oob_poi[1];
}
