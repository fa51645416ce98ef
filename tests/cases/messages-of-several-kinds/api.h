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
		} ev;
	};
};

struct bus {
	int (*xfer)(struct bus *, struct msg *msgs, int n);
	u32 errors;
};

int bus_add(struct bus *a);
int bus_run(struct bus *a);
