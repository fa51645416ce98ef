// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct gadget *G;

void ks_pcie_note(struct gadget *g, u32 n)
{
	kernel_only();
	g->level = g->level * 10 + n;
}

int ks_pcie_add(struct gadget *g)
{
	kernel_only();
	G = g;
	return g->read(g, 5);
}

int later(void)
{
	return G->read(G, 7);
}
