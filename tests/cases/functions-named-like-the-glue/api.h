// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct gadget {
	u32 level;
	int (*read)(struct gadget *g, u32 n);
};

int ks_pcie_add(struct gadget *g);
void ks_pcie_note(struct gadget *g, u32 n);
