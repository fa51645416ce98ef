// SPDX-License-Identifier: MIT
#include <linux/api.h>

static void note(struct node *node, u32 digit)
{
	node->trace = node->trace * 10 + digit;
	node->sum += node->depth;
}

static void a(struct node *node)
{
	note(node, 1);
	node->depth++;
	kmiddle(node);
	note(node, 7);
	node->depth--;
}

static void b(struct node *node)
{
	note(node, 3);
	node->depth++;
	kinner(node);
	note(node, node->depth);
	node->depth--;
}

static int c(struct node *node)
{
	note(node, 5);
	return node->depth * 10 + node->trace % 10;
}

static const struct ops ops = {a, b, c};

static int scenario(void)
{
	return kstart(&ops);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
