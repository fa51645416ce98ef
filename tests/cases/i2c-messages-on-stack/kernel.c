// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 regs[16] = {0, 0, 1, 4, 9, 9};
static struct i2c_driver *bound;

static struct i2c_adapter bus;
static struct i2c_client chip = {0x4c, &bus, NULL};

int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	u32 at = 0;
	kernel_only();
	for (struct i2c_msg *m = msgs; m < msgs + num; m++) {
		at = m->flags & I2C_M_RD ? at : m->buf[0] * 2U;
		for (u16 n = 0; n < m->len; n++) {
			if (m->flags & I2C_M_RD)
				m->buf[n] = regs[(at + n) % 16];
			else if (n)
				regs[(at + n - 1) % 16] = m->buf[n];
		}
		adap->transfers += m->len + (m->addr != 0x4c);
	}
	return num;
}

int i2c_add_driver(struct i2c_driver *driver)
{
	kernel_only();
	bound = driver;
	return driver->probe(&chip) * 100 + bus.transfers;
}

int later(void)
{
	int sum = bound->alert(&chip, 2);
	kernel_only();
	regs[6] = 1;
	sum += 3 * bound->alert(&chip, 3);
	return sum + bound->alert(&chip, 1) + regs[2] * 10000 + regs[3] * 1000 + bus.transfers;
}
