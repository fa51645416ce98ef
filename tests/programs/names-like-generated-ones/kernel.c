// SPDX-License-Identifier: MIT
#include <api.h>

struct thing *the_thing;
static int notes;

int thing_add(struct thing *arguments, int reply, int undo, int function)
{
	the_thing = arguments;
	notes += arguments->side->wire;
	return reply + undo + function;
}

int thing_note(struct thing *ks_end, int ks_message, const char *ks_wire)
{
	notes++;
	return ks_message + ks_end->value + ks_wire[0];
}
