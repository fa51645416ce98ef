// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_nand {
	struct nand_controller controller;
	struct nand_chip chip;
	u8 array[4][24];
	u32 column, row, waited, ops;
	u8 command;
};

static int attach(struct nand_chip *chip)
{
	struct x_nand *x = container_of(chip->controller, struct x_nand, controller);

	if (chip->page_size != 16)
		return -22;
	chip->ecc.size = 8;
	chip->ecc.bytes = 2;
	chip->ecc.strength = 1;
	x->ops += 100;
	return 0;
}

static int data_in(struct x_nand *x, u8 *to, u32 len)
{
	for (u32 i = 0; i < len; i++) {
		if (x->command == 0x90)
			to[i] = 0xa0 + i;
		else if (x->command == 0x70)
			to[i] = 0xe0;
		else if (x->column + i < 24)
			to[i] = x->array[x->row & 3][x->column + i];
		else
			return -5;
	}
	x->column += len;
	return 0;
}

static int exec(struct nand_chip *chip, const struct nand_operation *op, _Bool check_only)
{
	struct x_nand *x = chip->priv;
	int err = 0;

	for (u32 i = 0; i < op->ninstrs && !err; i++) {
		const struct nand_instr *instr = &op->instrs[i];

		if (check_only) {
			if (instr->type == NAND_DATA_IN && instr->ctx.data.len > 24)
				return -95;
			continue;
		}
		switch (instr->type) {
		case NAND_CMD:
			x->command = instr->ctx.cmd.opcode;
			break;
		case NAND_ADDR:
			x->column = instr->ctx.addr.addrs[0];
			if (instr->ctx.addr.naddrs > 1)
				x->row = instr->ctx.addr.addrs[1];
			break;
		case NAND_DATA_IN:
			err = data_in(x, instr->ctx.data.buf.in, instr->ctx.data.len);
			break;
		case NAND_DATA_OUT: {
			const u8 *from = instr->ctx.data.buf.out;

			for (u32 k = 0; k < instr->ctx.data.len; k++)
				x->array[x->row & 3][x->column++] &= from[k];
			break;
		}
		case NAND_WAITRDY:
			x->waited += instr->ctx.waitrdy.timeout_ms;
			break;
		}
		x->waited += instr->delay_ns / 10;
		x->ops += !check_only;
	}
	return err;
}

static int calculate(struct nand_chip *chip, const u8 *data, u8 *code)
{
	u8 sum = 0, parity = 0;

	for (u32 i = 0; i < chip->ecc.size; i++) {
		sum ^= data[i];
		parity ^= data[i] ? i + 1 : 0;
	}
	code[0] = sum;
	code[1] = parity;
	return 0;
}

static int correct(struct nand_chip *chip, u8 *data, u8 *read_code, u8 *calc_code)
{
	u8 diff = read_code[0] ^ calc_code[0];

	if (!diff && read_code[1] == calc_code[1])
		return 0;
	if (diff & diff - 1) {
		chip->ecc.failed++;
		return -74;
	}
	data[(read_code[1] ^ calc_code[1]) % chip->ecc.size] ^= diff;
	return 1;
}

static const struct nand_controller_ops ops = {attach, exec};

static int x_init(void)
{
	struct x_nand *x = kzalloc(sizeof(*x), 0);
	int err;

	memset(x->array, 0xff, sizeof(x->array));
	x->controller.ops = &ops;
	x->chip.controller = &x->controller;
	x->chip.priv = x;
	x->chip.ecc.calculate = calculate;
	x->chip.ecc.correct = correct;
	err = knand_scan(&x->chip, 1);
	report(x->chip.id[0] * 10 + x->chip.id[3]);
	report(x->waited * 1000 + x->ops);
	x->array[2][3] ^= 4;
	return err;
}

module_init(x_init);
