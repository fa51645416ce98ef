// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum unit_command { UNIT_READ = 3, UNIT_WRITE, UNIT_NAME };

struct unit_read {
	u32 at, value;
};

struct unit_write {
	u16 at;
	u32 value;
	u8 done;
};

struct unit {
	u32 words[4];
	int (*command)(struct unit *u, enum unit_command what, void *data);
};

int unit_register(struct unit *u);
int unit_call(struct unit *u, enum unit_command what, void *data);
