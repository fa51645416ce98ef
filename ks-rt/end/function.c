// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Function pointers cross as numbers: those up to function_count are rows of the interface's table, the
 * same at both ends. Each operation has KS_OPERATION_FUNCTIONS more, its handles. The kernel's end
 * keeps what it has given them out for, for as long as it lives; the driver's end has a stub for each.
 * So a handle says which operation it is of, and the kernel's end never follows what the driver
 * chose: it looks up what itself has stored there.
 */
#include "ks-rt/end/end.h"

typedef void (*ks_code_address)(void);

int ks_functions_init(struct ks_end *end)
{
	size_t count = (size_t)end->interface->operation_count * KS_OPERATION_FUNCTIONS;

	if (end->is_driver || !count)
		return 0;
	end->given_out = ks_os_alloc(count * sizeof(*end->given_out));
	return end->given_out ? 0 : -ENOMEM;
}

void ks_functions_free(struct ks_end *end)
{
	ks_os_free(end->given_out);
}

static bool ks_number_fits(const struct ks_signature *signature, ks_u32 number)
{
	ks_u32 i;

	for (i = 0; i < signature->count; i++)
		if (signature->numbers[i] == number)
			return true;
	return false;
}

/* The first number of the operation's handles. */
static ks_u32 ks_first_handle(const struct ks_interface *interface, ks_u32 operation)
{
	return interface->function_count + 1 + (operation - 1) * KS_OPERATION_FUNCTIONS;
}

/* Which of the operation's handles stands for the address; KS_OPERATION_FUNCTIONS if none can. */
static ks_u32 ks_handle_of(struct ks_end *end, void (*address)(void), ks_u32 operation)
{
	ks_u32 first = (operation - 1) * KS_OPERATION_FUNCTIONS, i;
	unsigned long state;

	if (end->is_driver) {
		for (i = 0; i < KS_OPERATION_FUNCTIONS; i++)
			if (end->interface->operations[operation - 1].stubs[i] == address)
				break;
		return i;
	}
	state = ks_lock_acquire(&end->lock);
	for (i = 0; i < KS_OPERATION_FUNCTIONS; i++) {
		if (!end->given_out[first + i])
			end->given_out[first + i] = address;
		if (end->given_out[first + i] == address)
			break;
	}
	ks_lock_release(&end->lock, state);
	return i;
}

ks_u32 ks_function_number(struct ks_end *end, struct ks_message *message, void (*address)(void),
			  const struct ks_signature *signature)
{
	const struct ks_interface *interface = end->interface;
	ks_u32 number, handle;

	if (!address)
		return 0;
	for (number = 1; number <= interface->function_count; number++)
		if (interface->functions[number - 1].address == address &&
		    (!signature->operation || ks_number_fits(signature, number)))
			return number;
	if (!signature->operation) {
		ks_message_fail(message, -EINVAL);
		return 0;
	}
	handle = ks_handle_of(end, address, signature->operation);
	if (handle < KS_OPERATION_FUNCTIONS)
		return ks_first_handle(interface, signature->operation) + handle;
	ks_message_fail(message, end->is_driver ? -EINVAL : -ENOSPC);
	return 0;
}

void (*ks_function_at(struct ks_end *end, struct ks_message *message, ks_u32 number,
		      const struct ks_signature *signature))(void)
{
	const struct ks_interface *interface = end->interface;
	ks_u32 handle = signature->operation ?
				number - ks_first_handle(interface, signature->operation) :
				KS_OPERATION_FUNCTIONS;
	ks_code_address address = NULL;

	if (!number || message->error)
		return NULL;
	if (number <= interface->function_count) {
		if (ks_number_fits(signature, number))
			return interface->functions[number - 1].address;
	} else if (handle < KS_OPERATION_FUNCTIONS) {
		if (end->is_driver)
			return interface->operations[signature->operation - 1].stubs[handle];
		handle += (signature->operation - 1) * KS_OPERATION_FUNCTIONS;
		address = ks_load(&end->given_out[handle]);
	}
	if (!address)
		ks_message_bad(message, "function that may not be here");
	return address;
}
