// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct sa_in fixed = {2, 10, 200};

int kproto(struct proto *p)
{
	struct sa_vm vm = {40, 1, 5, 9};
	struct sa_in in = {0};
	kernel_only();
	report(p->connect(p, (struct sa *)&fixed, sizeof fixed));
	report(p->connect(p, (struct sa *)&vm, sizeof vm));
	report(p->name(p, (struct sa *)&in));
	report(in.family + in.port);
	return in.addr;
}
