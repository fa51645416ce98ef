// SPDX-License-Identifier: MIT
/* The driver of tables.idl as the hostile run has it: it passes what it draws. */
#include "tables.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

u32 ks_import_enter(const act_function *acts, const char *const *names, u32 count);
u32 ks_import_enter_ended(const act_function *acts, const char *const *names);

u32 ks_import_keep(const act_function *acts, const char *const *names, u32 count);
u32 ks_import_keep_things(struct thing **things);
u32 ks_import_make_gadgets(struct gadget **made, u32 count);
u32 ks_import_use_gadgets(struct gadget **used, u32 count);

int ks_driver_init(void);
u32 first_act(u32 number);
u32 second_act(u32 number);

u32 first_act(u32 number)
{
	return number + 1;
}

u32 second_act(u32 number)
{
	return 2 * number;
}

int ks_driver_init(void)
{
	static const char *const words[] = { "one", "two", "three", "", NULL };
	act_function acts[8];
	const char *names[8];
	static struct thing things[4];
	static struct thing *some[3];
	struct gadget *gadgets[4] = { NULL };
	int i, k;

	for (i = 0; i < 8; i++) {
		u32 count = draw(8);

		for (k = 0; k < 8; k++) {
			acts[k] = draw(3) ? draw(2) ? first_act : second_act : NULL;
			names[k] = words[draw(5)];
		}
		acts[7] = NULL;
		names[7] = NULL;
		ks_import_enter(draw(8) ? acts : NULL, draw(8) ? names : NULL, count);
		ks_import_enter_ended(acts, names);
		ks_import_keep(acts + draw(4), draw(4) ? names + draw(4) : NULL, draw(4));
		for (k = 0; k < 3; k++)
			some[k] = draw(4) ? &things[draw(4)] : NULL;
		ks_import_keep_things(some + draw(2));
		ks_import_make_gadgets(draw(8) ? gadgets : NULL, draw(5));
		if (!draw(16))
			gadgets[draw(4)] = (struct gadget *)&things[draw(4)];
		ks_import_use_gadgets(draw(8) ? gadgets : NULL, draw(5));
	}
	return 0;
}
