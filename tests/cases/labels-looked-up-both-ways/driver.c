// SPDX-License-Identifier: MIT
#include <linux/api.h>

static char names[2][8] = {"first", "second"};
static u32 asked;

static int x_name_of(u32 line, const char **name)
{
	asked++;
	if (line > 2)
		return -22;
	*name = line == 2 ? "fixed" : names[line];
	if (line == 1)
		names[1][0]++;
	return asked;
}

static const struct out_ops ops = {x_name_of};

static long x_read(u32 number, u32 which)
{
	const char *text = "none";
	int status = node_read_string(find_node(number), which, &text);

	return text[0] * 1000 + text[1] * 10 + status;
}

static int x_init(void)
{
	for (u32 i = 0; i < 2; i++)
		for (u32 which = 0; which < 3; which++)
			report(x_read(i, which));
	report(x_read(0, 0));
	return outputs_register(&ops);
}

module_init(x_init);
