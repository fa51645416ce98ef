// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	u32 id;
	u32 uses;
};

typedef u32 (*part_function)(u32 id);

int board_add_parts(struct part **parts);
int board_add_names(const char *const *names, u32 count);
int board_add_words(const char **words);
int board_add_functions(const part_function *functions);
u32 board_use(u32 which);
