// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct w1_family *families[256];
static struct w1_master *master0;

int w1_register_family(struct w1_family *family)
{
	kernel_only();
	if (families[family->fid])
		return -17;
	families[family->fid] = family;
	return 0;
}

static void found(struct w1_master *master, u64 rn)
{
	struct w1_slave *sl = kzalloc(sizeof(*sl), 0);
	sl->reg_num = (struct w1_reg_num){rn & 0xff, rn >> 8 & 0xffffffffffff, rn >> 56};
	sl->master = master;
	sl->family = families[sl->reg_num.family];
	if (sl->family && sl->family->fops->add_slave(sl)) {
		kfree(sl);
		return;
	}
	if (sl->family)
		sl->family->refcnt++;
	sl->next = master->slaves;
	master->slaves = sl;
	master->slave_count++;
}

int w1_add_master_device(struct w1_bus_master *bus)
{
	kernel_only();
	master0 = kzalloc(sizeof(*master0), 0);
	master0->bus_master = bus;
	bus->search(bus->data, master0, 0xf0, found);
	return master0->slave_count;
}

int w1_reset_select_slave(struct w1_slave *sl)
{
	struct w1_bus_master *bus = sl->master->bus_master;
	kernel_only();
	if (bus->reset_bus(bus->data))
		return -1;
	bus->write_byte(bus->data, 0x55);
	for (int i = 0; i < 6; i++)
		bus->write_byte(bus->data, (u64)sl->reg_num.id >> (8 * i));
	return 0;
}

u8 w1_read_block(struct w1_master *master, u8 *buffer, int count)
{
	kernel_only();
	for (int i = 0; i < count; i++)
		buffer[i] = master->bus_master->read_byte(master->bus_master->data);
	return count;
}

int later(void)
{
	for (struct w1_slave *sl = master0->slaves; sl; sl = sl->next)
		if (sl->family) {
			sl->family->fops->remove_slave(sl);
			sl->family->refcnt--;
			report(sl->family->refcnt * 10 + !sl->family_data);
		}
	return master0->slave_count;
}
