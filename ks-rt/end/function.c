// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Function pointers cross as numbers: those up to function_count are rows of the interface's table, the
 * same at both ends. Each operation has KS_OPERATION_FUNCTIONS more, its handles. The kernel's end
 * keeps what it has given them out for, for as long as it lives; the driver's end has a stub for each.
 * So a handle says which operation it is of, and the kernel's end never follows what the driver
 * chose: it looks up what itself has stored there. The module of such a function is held as long.
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
	size_t count = (size_t)end->interface->operation_count * KS_OPERATION_FUNCTIONS, i;

	for (i = 0; end->given_out && i < count; i++)
		if (end->given_out[i])
			ks_os_leave_function(end->given_out[i], end->interface);
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

/* Which handle of these stands for the address, or is free; KS_OPERATION_FUNCTIONS if none. Under the lock. */
static ks_u32 ks_handle_find(ks_code_address *handles, ks_code_address address)
{
	ks_u32 i;

	for (i = 0; i < KS_OPERATION_FUNCTIONS; i++)
		if (!handles[i] || handles[i] == address)
			break;
	return i;
}

/* Which of the operation's handles stands for the address; a negative errno if none can. */
static int ks_handle_of(struct ks_end *end, ks_code_address address, ks_u32 operation)
{
	const struct ks_interface *interface = end->interface;
	ks_code_address *handles;
	unsigned long state;
	bool held = false, is_new;
	ks_u32 i;

	if (end->is_driver) {
		for (i = 0; i < KS_OPERATION_FUNCTIONS; i++)
			if (interface->operations[operation - 1].stubs[i] == address)
				return (int)i;
		return -EINVAL;
	}
	handles = &end->given_out[(operation - 1) * KS_OPERATION_FUNCTIONS];
	while (true) {
		state = ks_lock_acquire(&end->lock);
		i = ks_handle_find(handles, address);
		is_new = i < KS_OPERATION_FUNCTIONS && !handles[i];
		if (is_new && held)
			ks_store(&handles[i], address);
		ks_lock_release(&end->lock, state);
		if (!is_new || held)
			break;
		if (!ks_os_hold_function(address, interface))
			return -ENOENT;
		held = true;
	}
	if (held && !is_new)
		ks_os_leave_function(address, interface);
	return i < KS_OPERATION_FUNCTIONS ? (int)i : -ENOSPC;
}

/* Once: later functions of that prototype cannot cross. */
static void ks_say_no_handle(struct ks_end *end, ks_u32 operation)
{
	if (ks_load(&end->said_no_handle))
		return;
	ks_store(&end->said_no_handle, true);
	ks_os_log("%s: %u functions of the kernel's are known as %s; no other one can be",
		  end->interface->name, KS_OPERATION_FUNCTIONS,
		  end->interface->operations[operation - 1].name);
}

ks_u32 ks_function_number(struct ks_end *end, struct ks_message *message, void (*address)(void),
			  const struct ks_signature *signature)
{
	const struct ks_interface *interface = end->interface;
	ks_u32 number;
	int handle;

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
	if (handle >= 0)
		return ks_first_handle(interface, signature->operation) + (ks_u32)handle;
	if (handle == -ENOSPC)
		ks_say_no_handle(end, signature->operation);
	ks_message_fail(message, handle);
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
			return interface->functions[ks_index(number - 1, interface->function_count)]
				.address;
	} else if (handle < KS_OPERATION_FUNCTIONS) {
		if (end->is_driver)
			return interface->operations[signature->operation - 1].stubs[handle];
		handle = (ks_u32)ks_index(handle, KS_OPERATION_FUNCTIONS);
		handle += (signature->operation - 1) * KS_OPERATION_FUNCTIONS;
		address = ks_load(&end->given_out[handle]);
	}
	if (!address)
		ks_message_bad(message, "function that may not be here");
	return address;
}
