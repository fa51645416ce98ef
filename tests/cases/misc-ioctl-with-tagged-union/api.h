// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum ctl_type { CTL_INT, CTL_BOOL, CTL_RANGE };

struct ctl_arg {
	u32 id;
	enum ctl_type type;

	union {
		int value;
		u8 on;

		struct {
			short min, max;
		} range;
	};
};

enum { CTL_GET = 0x40, CTL_SET = 0x41 };

struct miscdevice {
	int minor;
	long (*ioctl)(struct miscdevice *misc, u32 cmd, unsigned long arg);
	u32 changes;
};

int misc_register(struct miscdevice *misc);
u64 copy_user(void *to, const void *from, u64 n);
void ctl_event(struct miscdevice *misc, const struct ctl_arg *arg);
