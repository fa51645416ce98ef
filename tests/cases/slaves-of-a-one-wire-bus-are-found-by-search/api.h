// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct w1_reg_num {
	u64 family : 8, id : 48, crc : 8;
};

struct w1_slave {
	struct w1_slave *next;
	struct w1_reg_num reg_num;
	struct w1_master *master;
	struct w1_family *family;
	void *family_data;
};

struct w1_family_ops {
	int (*add_slave)(struct w1_slave *sl);
	void (*remove_slave)(struct w1_slave *sl);
};

struct w1_family {
	u8 fid;
	const struct w1_family_ops *fops;
	int refcnt;
};

struct w1_bus_master {
	void *data;
	u8 (*read_byte)(void *data);
	void (*write_byte)(void *data, u8 byte);
	u8 (*reset_bus)(void *data);
	void (*search)(void *data, struct w1_master *master, u8 type,
		void (*found)(struct w1_master *, u64));
};

struct w1_master {
	struct w1_bus_master *bus_master;
	struct w1_slave *slaves;
	int slave_count;
};

int w1_register_family(struct w1_family *family);
int w1_add_master_device(struct w1_bus_master *bus);
int w1_reset_select_slave(struct w1_slave *sl);
u8 w1_read_block(struct w1_master *master, u8 *buffer, int count);
