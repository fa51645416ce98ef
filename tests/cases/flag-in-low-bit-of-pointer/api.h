// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct packet {
	u32 kind;
	u32 answer;
};

struct slot {
	unsigned long word;
};

int kuse(struct slot *s);
