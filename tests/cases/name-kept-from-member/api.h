// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct init {
	const char *name;
	u64 flags;
};

struct hw {
	u32 core;
	struct init init;
};

int clk_register(struct hw *h);
