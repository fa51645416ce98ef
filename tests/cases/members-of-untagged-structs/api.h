// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

typedef struct {
	u32 x;
	u32 y;
} place_t;

struct port {
	u32 speed;
};

struct dv {
	u32 level;

	struct {
		u32 a;
		u8 b;

		struct {
			u16 deep;
			struct port *port;
		} in;
	} s;

	union {
		u32 word;
		u8 bytes[4];
	} u;

	union {
		u32 plain;
		u16 half;
	};

	place_t at;
};

int kreg(int (*open)(struct dv *d), int (*turn)(void));
