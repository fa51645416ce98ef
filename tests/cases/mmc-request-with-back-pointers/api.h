// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kmmc_data {
	u32 block_size, blocks, transferred;
	int error;
	u8 *buffer;
	struct kmmc_request *request;
};

struct kmmc_command {
	u32 opcode, argument, response[2];
	struct kmmc_data *data;
	struct kmmc_request *request;
};

struct kmmc_request {
	struct kmmc_command *command, *stop;
	struct kmmc_data *data;
	void (*done)(struct kmmc_request *request);
};

void kmmc_start(struct kmmc_request *request);
int kmmc_poll(void);
