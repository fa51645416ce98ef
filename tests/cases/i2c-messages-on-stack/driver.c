// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_chip {
	int threshold, alerts;
};

static int x_read(struct i2c_client *client, u8 reg)
{
	u8 in[2];
	struct i2c_msg msgs[2] = {
		{client->addr, 0, 1, &reg},
		{client->addr, I2C_M_RD, sizeof in, in},
	};
	return i2c_transfer(client->adapter, msgs, 2) == 2 ? in[0] << 8 | in[1] : -5;
}

static int x_write(struct i2c_client *client, u8 reg, u16 value)
{
	u8 out[3] = {reg, value >> 8, value & 0xff};
	struct i2c_msg msg = {.addr = client->addr, .len = 3, .buf = out};
	return i2c_transfer(client->adapter, &msg, 1) == 1 ? 0 : -5;
}

static int x_probe(struct i2c_client *client)
{
	struct x_chip *x = kzalloc(sizeof *x, 0);
	x->threshold = x_read(client, 1);
	client->data = x;
	return x_write(client, 2, x->threshold + 300);
}

static int x_alert(struct i2c_client *client, u8 flag)
{
	struct x_chip *x = client->data;
	int v = x_read(client, flag);
	x->alerts += v;
	if (v > x->threshold)
		x_write(client, 1, v);
	return x->alerts;
}

static struct i2c_driver x_driver = {x_probe, x_alert};

static int x_init(void)
{
	report(i2c_add_driver(&x_driver));
	return 0;
}
module_init(x_init);
