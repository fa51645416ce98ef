// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct i2c_adapter *adapter;
static int next_nr = 3;

static int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	const struct i2c_adapter_quirks *q = adap->quirks;

	if (q && num > q->max_num_msgs)
		return -95;
	for (int i = 0; q && i < num; i++)
		if (msgs[i].flags & I2C_M_RD && msgs[i].len > q->max_read_len)
			return -95;
	return adap->algo->xfer(adap, msgs, num);
}

int i2c_add_adapter(struct i2c_adapter *adap)
{
	u8 probe = 0;
	struct i2c_msg msg = {.addr = 0x48, .flags = I2C_M_RD, .len = 1, .buf = &probe};

	kernel_only();
	if (!adap->name[0] || !adap->algo)
		return -22;
	adap->nr = next_nr++;
	if (!adap->timeout)
		adap->timeout = 250;
	adapter = adap;
	return i2c_transfer(adap, &msg, 1) == -6 ? 0 : -16;
}

int later(void)
{
	u8 out[6] = {2, 3, 0x11, 0x22, 0x33, 0x44}, in[12] = {0}, at = 2;
	union i2c_smbus_data data = {.block = {0}};
	struct i2c_msg write = {.addr = 0x50, .len = 6, .buf = out};
	struct i2c_msg read[2] = {{.addr = 0x50, .len = 1, .buf = &at},
		{.addr = 0x50, .flags = I2C_M_RD | I2C_M_RECV_LEN, .len = 1, .buf = in}};

	report(i2c_transfer(adapter, &write, 1));
	report(i2c_transfer(adapter, read, 2));
	report(read[1].len);
	report(in[0] << 24 | in[1] << 16 | in[2] << 8 | in[3]);
	data.word = 0xbeef;
	report(adapter->algo->smbus_xfer(adapter, 0x50, 0, 4, 3, &data));
	report(adapter->algo->smbus_xfer(adapter, 0x50, 1, 3, 5, &data));
	report(data.block[0] << 24 | data.block[1] << 16 | data.block[2] << 8 | data.block[3]);
	read[0].addr = 0x51;
	report(i2c_transfer(adapter, read, 2));
	read[1].len = 13;
	report(i2c_transfer(adapter, read, 2));
	return adapter->algo->functionality(adapter);
}
