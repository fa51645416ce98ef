// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct {
	struct part **parts;
	u32 events;
} board;
static const char *const *board_names;
static u32 board_name_count;
static const char **board_words;
static const part_function *board_functions;

static u32 letters(const char *text)
{
	u32 n = 0;
	while (text[n])
		n++;
	return n * 10 + text[0] % 10;
}

static u32 each_part(void)
{
	u32 sum = 0;
	for (u32 i = 0; board.parts[i]; i++)
		sum = sum * 10 + board.parts[i]->id;
	return sum;
}

int board_add_parts(struct part **parts)
{
	kernel_only();
	board.parts = parts;
	return each_part();
}

int board_add_names(const char *const *names, u32 count)
{
	kernel_only();
	board_names = names;
	board_name_count = count;
	return letters(names[count - 1]);
}

int board_add_words(const char **words)
{
	kernel_only();
	board_words = words;
	return letters(words[0]);
}

int board_add_functions(const part_function *functions)
{
	kernel_only();
	board_functions = functions;
	return functions[1](7);
}

u32 board_use(u32 which)
{
	kernel_only();
	board.parts[which]->uses++;
	board.events++;
	return board_functions[0](board.parts[which]->id) * 10 + letters(board_names[which]);
}

int later(void)
{
	u32 sum = each_part();
	kernel_only();
	for (u32 i = 0; i < board_name_count; i++)
		sum = sum * 7 + letters(board_names[i]);
	for (u32 i = 0; board_words[i]; i++)
		sum = sum * 7 + letters(board_words[i]);
	for (u32 i = 0; board_functions[i]; i++)
		sum = sum * 3 + board_functions[i](i + 5);
	return sum % 1000000 + board.events;
}
