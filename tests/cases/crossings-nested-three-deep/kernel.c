// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct node node;

void kinner(struct node *n)
{
	kernel_only();
	n->trace = n->trace * 10 + 4;
	n->sum += 1000 * n->ops->c(n);
	n->trace += n->depth;
}

void kmiddle(struct node *n)
{
	kernel_only();
	n->trace = n->trace * 10 + 2;
	n->ops->b(n);
	n->trace = n->trace * 10 + 6;
}

int kstart(const struct ops *ops)
{
	kernel_only();
	node.ops = ops;
	node.depth = 1;
	ops->a(&node);
	report(node.sum);
	report(node.depth);
	return node.trace;
}
