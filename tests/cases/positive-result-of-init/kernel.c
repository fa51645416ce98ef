// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port *P;

void port_add(struct port *p)
{
	kernel_only();
	P = p;
}

int later(void)
{
	report(P->poll(P));
	return P->poll(P);
}
