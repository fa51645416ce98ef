// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define WORDS_END (~0u)

struct parser {
	int (*parse)(struct parser *p, u32 *words);
	u32 base;
};

int parser_register(struct parser *p);
