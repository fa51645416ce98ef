// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct gpio_bus {
	u64 roms[3];
	u8 written[16], at, read;
};

static u8 bus_read(void *data)
{
	struct gpio_bus *bus = data;
	bus->read++;
	return bus->written[bus->read % 7] + bus->read;
}

static void bus_write(void *data, u8 byte)
{
	struct gpio_bus *bus = data;
	bus->written[bus->at++ % 16] = byte;
}

static u8 bus_reset(void *data)
{
	struct gpio_bus *bus = data;
	bus->at = 0;
	return !bus->roms[0];
}

static void bus_search(
	void *data, struct w1_master *master, u8 type, void (*found)(struct w1_master *, u64))
{
	struct gpio_bus *bus = data;
	for (int i = 0; i < 3 && type == 0xf0; i++)
		found(master, bus->roms[i]);
}

static int therm_add(struct w1_slave *sl)
{
	u8 *scratch;
	if (sl->reg_num.crc == 0xff || w1_reset_select_slave(sl))
		return -5;
	scratch = sl->family_data = kzalloc(9, 0);
	report(w1_read_block(sl->master, scratch, 9));
	report(scratch[0] * 10000 + scratch[1] * 100 + scratch[8]);
	return 0;
}

static void therm_remove(struct w1_slave *sl)
{
	report(sl->reg_num.id + ((u8 *)sl->family_data)[2]);
	kfree(sl->family_data);
	sl->family_data = NULL;
}
static const struct w1_family_ops therm_ops = {therm_add, therm_remove};
static struct w1_family therm = {0x28, &therm_ops};
static struct gpio_bus bus = {.roms = {0x1100000a0b0c0d28, 0x22000000000e0f10, 0xff00000000000928}};
static struct w1_bus_master bus_master = {&bus, bus_read, bus_write, bus_reset, bus_search};

static int therm_init(void)
{
	report(w1_register_family(&therm));
	report(w1_register_family(&therm));
	report(w1_add_master_device(&bus_master));
	report(therm.refcnt * 1000 + bus.at * 100 + bus.read);
	return 0;
}

module_init(therm_init);
