// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kuse(struct slot *s)
{
	struct packet *p = (struct packet *)(s->word & ~3UL);
	kernel_only();
	p->answer += s->word & 3;
	return p->kind + p->answer;
}
