// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum nand_op_instr_type { NAND_OP_CMD, NAND_OP_ADDR, NAND_OP_DATA_IN, NAND_OP_DATA_OUT, NAND_OP_WAIT };

struct nand_op_instr {
	enum nand_op_instr_type type;
	union {
		struct {
			u8 opcode;
		} cmd;
		struct {
			unsigned naddrs;
			const u8 *addrs;
		} addr;
		struct {
			unsigned len;
			union {
				void *in;
				const void *out;
			} buf;
		} data;
		struct {
			unsigned timeout_ms;
		} waitrdy;
	} ctx;
};

struct nand_operation {
	unsigned cs;
	const struct nand_op_instr *instrs;
	unsigned ninstrs;
};

struct mtd_info {
	const char *name;
	unsigned writesize;
	unsigned oobsize;
};

struct nand_chip {
	struct mtd_info mtd;
	struct nand_controller *controller;
	void *priv;
};

struct nand_controller_ops {
	int (*attach_chip)(struct nand_chip *chip);
	int (*exec_op)(struct nand_chip *chip, const struct nand_operation *op, _Bool check_only);
};

struct nand_controller {
	struct mutex lock;
	const struct nand_controller_ops *ops;
};

int nand_scan(struct nand_chip *chip);
