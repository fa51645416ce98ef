// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum nand_op_type { NAND_CMD, NAND_ADDR, NAND_DATA_IN, NAND_DATA_OUT, NAND_WAITRDY };

struct nand_instr {
	enum nand_op_type type;

	union {
		struct {
			u8 opcode;
		} cmd;

		struct {
			u32 naddrs;
			const u8 *addrs;
		} addr;

		struct {
			u32 len;

			union {
				void *in;
				const void *out;
			} buf;

			_Bool force_8bit;
		} data;

		struct {
			u32 timeout_ms;
		} waitrdy;
	} ctx;

	u32 delay_ns;
};

struct nand_operation {
	u32 cs;
	const struct nand_instr *instrs;
	u32 ninstrs;
};

struct nand_chip;

struct nand_controller_ops {
	int (*attach)(struct nand_chip *chip);
	int (*exec_op)(struct nand_chip *chip, const struct nand_operation *op, _Bool check_only);
};

struct nand_controller {
	const struct nand_controller_ops *ops;
	u32 lock;
};

struct nand_ecc {
	u32 size, bytes, strength, corrected, failed;
	int (*calculate)(struct nand_chip *chip, const u8 *data, u8 *code);
	int (*correct)(struct nand_chip *chip, u8 *data, u8 *read_code, u8 *calc_code);
};

struct nand_chip {
	struct nand_controller *controller;
	struct nand_ecc ecc;
	u32 page_size, oob_size;
	u8 *oob_poi, id[4];
	void *priv;
};

int knand_scan(struct nand_chip *chip, int chips);
