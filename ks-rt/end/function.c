// SPDX-License-Identifier: Dual MIT/GPL
/* Function pointers cross as numbers into the interface's table, the same at both ends. */
#include "ks-rt/end/end.h"

ks_u32 ks_function_number(struct ks_end *end, struct ks_message *message, void (*address)(void))
{
	const struct ks_interface *interface = end->interface;
	ks_u32 i;

	if (!address)
		return 0;
	for (i = 0; i < interface->function_count; i++)
		if (interface->functions[i].address == address)
			return i + 1;
	ks_message_fail(message, -EINVAL);
	return 0;
}

void (*ks_function_at(struct ks_end *end, struct ks_message *message, ks_u32 number,
		      const ks_u32 *allowed, ks_u32 count))(void)
{
	ks_u32 i;

	if (!number || message->error)
		return NULL;
	for (i = 0; i < count; i++) {
		if (allowed[i] != number)
			continue;
		if (number > end->interface->function_count)
			break;
		return end->interface->functions[number - 1].address;
	}
	ks_message_bad(message, "function that may not be here");
	return NULL;
}
