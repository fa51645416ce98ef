// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct bus {
	struct i2c_adapter adap;
	struct i2c_msg *msg;
	u16 pos;
	u8 eeprom[16];
	u8 offset;
	int naks;
};

static int bus_do_msg(struct bus *bus, struct i2c_msg *msg)
{
	if (msg->addr != 0x50) {
		bus->naks++;
		return -6;
	}
	bus->msg = msg;
	for (bus->pos = 0; bus->pos < bus->msg->len; bus->pos++) {
		if (msg->flags & I2C_M_RD) {
			msg->buf[bus->pos] = bus->eeprom[bus->offset++ & 15];
			if (msg->flags & I2C_M_RECV_LEN && bus->pos == 0)
				msg->len += msg->buf[0];
		} else if (bus->pos == 0) {
			bus->offset = msg->buf[0];
		} else {
			bus->eeprom[bus->offset++ & 15] = msg->buf[bus->pos];
		}
	}
	bus->msg = NULL;
	return 0;
}

static int bus_xfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	struct bus *bus = adap->algo_data;
	int ret;

	for (int i = 0; i < num; i++) {
		ret = bus_do_msg(bus, &msgs[i]);
		if (ret)
			return ret;
	}
	return num;
}

static int bus_smbus_xfer(struct i2c_adapter *adap, u16 addr, char read_write, u8 command, int size,
	union i2c_smbus_data *data)
{
	struct bus *bus = container_of(adap, struct bus, adap);

	if (read_write == 0) {
		bus->eeprom[command & 15] = data->word & 0xff;
		bus->eeprom[(command + 1) & 15] = data->word >> 8;
		return 0;
	}
	if (size == 5) {
		data->block[0] = 4;
		memcpy(data->block + 1, bus->eeprom + (command & 7), 4);
		return 0;
	}
	data->word = bus->eeprom[command & 15] | bus->eeprom[(command + 1) & 15] << 8;
	return 0;
}

static u32 bus_functionality(struct i2c_adapter *adap)
{
	return adap->timeout > 100 ? 0x0eff0008 : 1;
}

static const struct i2c_algorithm bus_algo = {bus_xfer, bus_smbus_xfer, bus_functionality};
static const struct i2c_adapter_quirks bus_quirks = {.max_num_msgs = 3, .max_read_len = 12};

static int bus_probe(void)
{
	struct bus *bus = kzalloc(sizeof(*bus), 0);
	int ret;

	if (!bus)
		return -12;
	bus->adap.algo = &bus_algo;
	bus->adap.algo_data = bus;
	bus->adap.quirks = &bus_quirks;
	strscpy(bus->adap.name, "soc-i2c", sizeof(bus->adap.name));
	ret = i2c_add_adapter(&bus->adap);
	report(bus->adap.nr);
	report(bus->adap.timeout);
	report(bus->naks);
	return ret;
}

module_init(bus_probe);
