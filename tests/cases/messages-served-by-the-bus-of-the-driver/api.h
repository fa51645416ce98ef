// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct adapter;

struct message {
	u16 addr, flags, len;
	u8 *buf;
};

#define READ 1
#define RECV_LEN 0x400

struct algorithm {
	int (*xfer)(struct adapter *a, struct message *msgs, int num);
	u32 (*functionality)(struct adapter *a);
};

struct adapter {
	const struct algorithm *algo;
	void *algo_data;
	int timeout, retries, nr;
	char name[48];
};

int adapter_add(struct adapter *a);
int snprintf(char *to, size_t size, const char *format, ...);
