// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct node nodes[2] = {{"left", "slow", 5}, {"right", NULL, 9}};
static const struct out_ops *outputs;

struct node *find_node(u32 number)
{
	kernel_only();
	return &nodes[number];
}

int node_read_string(const struct node *n, u32 which, const char **text)
{
	const char *found = which == 0 ? n->label : which == 1 ? n->mode : NULL;

	kernel_only();
	if (!found)
		return -22;
	*text = found;
	return 0;
}

int outputs_register(const struct out_ops *ops)
{
	kernel_only();
	outputs = ops;
	return 0;
}

int later(void)
{
	const char *kept = NULL;

	for (u32 line = 0; line < 4; line++) {
		const char *name = "?";

		report(outputs->name_of(line, &name));
		report(name[0] * 100 + name[1]);
		if (line == 2)
			kept = name;
	}
	report(kept[4]);
	return nodes[0].rate;
}
