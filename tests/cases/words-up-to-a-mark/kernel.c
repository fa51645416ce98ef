// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct parser *parser;

int parser_register(struct parser *p)
{
	kernel_only();
	parser = p;
	return 0;
}

int later(void)
{
	static const u32 text[] = {1, 2, 3, 4, WORDS_END, 9};
	u32 *words = kmalloc(sizeof(text), 0);
	long sum = 0;

	memcpy(words, text, sizeof(text));
	report(parser->parse(parser, words));
	for (int i = 0; i < 6; i++)
		sum = (sum * 7 + words[i]) % 10007;
	words[2] = WORDS_END;
	report(sum);
	sum = parser->parse(parser, words);
	kfree(words);
	return sum;
}
