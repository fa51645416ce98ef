// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define I2C_M_RD 1

struct i2c_msg {
	u16 addr, flags, len;
	u8 *buf;
};

struct i2c_adapter {
	u32 transfers;
};

struct i2c_client {
	u16 addr;
	struct i2c_adapter *adapter;
	void *data;
};

struct i2c_driver {
	int (*probe)(struct i2c_client *client);
	int (*alert)(struct i2c_client *client, u8 flag);
};

int i2c_add_driver(struct i2c_driver *driver);
int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num);
