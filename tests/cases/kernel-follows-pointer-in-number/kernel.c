// SPDX-License-Identifier: MIT
#include <linux/api.h>

int ksubmit(struct req *r)
{
	struct packet *p = (struct packet *)r->data;
	kernel_only();
	p->answer += p->kind;
	r->done++;
	return p->answer;
}
