// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { M_READ, M_WRITE, M_EVENT };

struct msg {
	u8 kind;
	u8 status;
	u16 len;

	union {
		struct {
			u32 addr;
			u8 *to;
		} rd;

		struct {
			u32 addr;
			const u8 *from;
		} wr;

		struct {
			u64 id;
			void *cookie;
		} ev;
	};
};

struct i2c {
	int (*xfer)(struct i2c *, struct msg *msgs, int n);
	u32 errors;
};

int i2c_add(struct i2c *a);
int i2c_run(struct i2c *a);
