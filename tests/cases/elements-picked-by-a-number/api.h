// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct weight {
	u32 value, uses;
};

int mark_bit(u32 *words, int bit);
int marks(const u32 *words, u16 bits);
int last_of(const u16 *values, u32 n);
int turn_of(const int *ring, u32 at, u32 size);
int both(struct weight **weights, u32 front, u32 back);
long pairs(const u8 *points, int n);
int backwards(const int *values, u32 n);
