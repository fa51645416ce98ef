// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 ks_count;

int ks_pcie_read(struct gadget *g, u32 n)
{
	ks_count++;
	ks_pcie_note(g, n + ks_count);
	return g->level;
}

static struct gadget ks_gadget = {.level = 3, .read = ks_pcie_read};

static int x_init(void)
{
	report(ks_pcie_add(&ks_gadget));
	report(ks_count);
	return 0;
}

module_init(x_init);
