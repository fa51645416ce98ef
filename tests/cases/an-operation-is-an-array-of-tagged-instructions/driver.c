// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct fake_controller {
	struct nand_controller controller;
	struct nand_chip chip;
	u8 array[4][20];
	u8 page, column, opcode;
	unsigned waited;
	int timings;
};

static int fake_attach_chip(struct nand_chip *chip)
{
	struct fake_controller *fake = container_of(chip, struct fake_controller, chip);

	report(chip->mtd.writesize * 100 + chip->mtd.oobsize);
	fake->timings = 3;
	return chip->mtd.writesize + chip->mtd.oobsize > sizeof(fake->array[0]) ? -22 : 0;
}

static int fake_exec_instr(struct fake_controller *fake, const struct nand_op_instr *instr)
{
	static const u8 id[] = {0x2c, 0x44, 0x10};
	u8 *row = fake->array[fake->page];

	switch (instr->type) {
	case NAND_OP_CMD:
		fake->opcode = instr->ctx.cmd.opcode;
		return 0;
	case NAND_OP_ADDR:
		fake->column = instr->ctx.addr.addrs[0];
		if (instr->ctx.addr.naddrs > 1)
			fake->page = instr->ctx.addr.addrs[1] & 3;
		return 0;
	case NAND_OP_DATA_IN:
		if (fake->column + instr->ctx.data.len > sizeof(fake->array[0]))
			return -5;
		memcpy(instr->ctx.data.buf.in, fake->opcode == 0x90 ? id : row + fake->column,
			instr->ctx.data.len);
		fake->column += instr->ctx.data.len;
		return 0;
	case NAND_OP_DATA_OUT:
		if (fake->column + instr->ctx.data.len > sizeof(fake->array[0]))
			return -5;
		memcpy(row + fake->column, instr->ctx.data.buf.out, instr->ctx.data.len);
		fake->column += instr->ctx.data.len;
		return 0;
	case NAND_OP_WAIT:
		fake->waited += instr->ctx.waitrdy.timeout_ms;
		return 0;
	}
	return -95;
}

static int fake_exec_op(struct nand_chip *chip, const struct nand_operation *op, _Bool check_only)
{
	struct fake_controller *fake = chip->priv;
	int ret = 0;

	if (check_only)
		return op->ninstrs > 5 ? -95 : 0;
	for (unsigned i = 0; i < op->ninstrs && !ret; i++)
		ret = fake_exec_instr(fake, &op->instrs[i]);
	return ret;
}

static const struct nand_controller_ops fake_ops = {fake_attach_chip, fake_exec_op};

static int fake_probe(void)
{
	struct fake_controller *fake = kzalloc(sizeof(*fake), 0);
	int ret;

	if (!fake)
		return -12;
	fake->controller.ops = &fake_ops;
	fake->chip.controller = &fake->controller;
	fake->chip.mtd.name = "fake";
	fake->chip.priv = fake;
	ret = nand_scan(&fake->chip);
	if (ret) {
		kfree(fake);
		return ret;
	}
	report(fake->waited);
	report(fake->array[2][1] * 1000 + fake->array[2][17]);
	return 0;
}

module_init(fake_probe);
