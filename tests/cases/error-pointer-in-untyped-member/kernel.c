// SPDX-License-Identifier: MIT
#include <linux/api.h>

int ksubmit(struct req *r)
{
	kernel_only();
	if (!r->data)
		return 1;
	if ((unsigned long)r->data >= (unsigned long)-4095)
		return (long)r->data;
	struct packet *p = r->data;
	p->answer = p->kind + 1;
	return p->answer;
}
