// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_parse(struct parser *p, u32 *words)
{
	int sum = 0;

	for (; *words != WORDS_END; words++) {
		sum = sum * 10 + *words;
		*words += p->base;
	}
	return sum;
}

static struct parser parser = {x_parse, 5};

static int x_init(void)
{
	return parser_register(&parser);
}

module_init(x_init);
