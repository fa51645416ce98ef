// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

#define I2C_M_RD 1
#define I2C_M_RECV_LEN 0x400
#define I2C_SMBUS_BLOCK_MAX 32

struct i2c_msg {
	u16 addr;
	u16 flags;
	u16 len;
	u8 *buf;
};

union i2c_smbus_data {
	u8 byte;
	u16 word;
	u8 block[I2C_SMBUS_BLOCK_MAX + 2];
};

struct i2c_adapter;

struct i2c_algorithm {
	int (*xfer)(struct i2c_adapter *adap, struct i2c_msg *msgs, int num);
	int (*smbus_xfer)(struct i2c_adapter *adap, u16 addr, char read_write, u8 command, int size,
		union i2c_smbus_data *data);
	u32 (*functionality)(struct i2c_adapter *adap);
};

struct i2c_adapter_quirks {
	int max_num_msgs;
	u16 max_read_len;
};

struct i2c_adapter {
	const struct i2c_algorithm *algo;
	void *algo_data;
	int timeout;
	int nr;
	char name[16];
	const struct i2c_adapter_quirks *quirks;
};

int i2c_add_adapter(struct i2c_adapter *adap);
long strscpy(char *to, const char *from, size_t size);
