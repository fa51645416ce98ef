// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct gate {
	u32 bit;
	u8 open;
};

struct bank {
	u32 count, ndelays;
	u16 *delays;
	struct gate gates[];
};

int bank_open(struct bank *b, u32 gate);
int bank_delay(struct bank *b, u32 index);
