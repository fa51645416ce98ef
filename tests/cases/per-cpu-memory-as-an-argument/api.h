// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 packets;
};

int set_stats(struct pst *st);
struct pst *get_stats(void);
long sum_of_stats(void);
