// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The transport `direct`: both ends in one address space. It isolates nothing;
 * it proves the glue and what is copied. A message still crosses by one copy
 * into a buffer of the other end, and is only looked at there.
 */
#include "ks-rt/side.h"

/* One copy, of a size that is read once. */
static int ks_message_copy(struct ks_message *to, const struct ks_message *from)
{
	ks_u32 size = ks_load(&from->size);

	if (size > to->capacity)
		return -EBADMSG;
	memcpy(to->data, from->data, size);
	to->size = size;
	to->position = 0;
	return 0;
}

static int ks_dispatch(struct ks_side *callee, ks_u32 crossing, struct ks_message *arguments,
		       struct ks_message *message)
{
	int error;

	if (crossing >= callee->interface->crossing_count)
		return ks_message_bad(message, "crossing out of range");
	if (ks_message_copy(message, arguments))
		return ks_message_bad(message, "message of an impossible size");
	error = callee->interface->dispatch(callee, crossing, message);
	if (!error)
		error = message->error;
	if (error == -EBADMSG)
		ks_message_bad(message, "bad message");
	return error;
}

/* What the kernel's end makes of the driver's answer; the driver's end takes the kernel's as it is. */
static int ks_answer(struct ks_side *caller, int error, struct ks_message *message,
		     const struct ks_message *reply)
{
	if (error < -MAX_ERRNO || error > 0)
		return ks_message_bad(message, "answer is no error code");
	if (error)
		/* -EBADMSG says that the driver could not read ours; it is not for us to stop. */
		return error == -EBADMSG && !caller->is_driver ? -EPROTO : error;
	if (ks_domain_stopped(caller))
		return -EIO;
	if (ks_message_copy(message, reply))
		return ks_message_bad(message, "reply of an impossible size");
	return 0;
}

static int ks_cross(struct ks_side *side, struct ks_side *peer, ks_u32 crossing,
		    struct ks_message *message)
{
	struct ks_message *buffer;
	int error;

	ks_drops_deliver(side, peer);
	if (ks_os_stack_low())
		return -ELOOP;
	buffer = ks_pool_take(peer);
	if (!buffer)
		return -ENOBUFS;
	ks_count(&side->calls);
	error = ks_dispatch(peer, crossing, message, buffer);
	error = ks_answer(side, error, message, buffer);
	ks_message_put(peer, buffer);
	/* The caller learns which of its objects the call has ended. */
	ks_drops_deliver(peer, side);
	return error;
}

int ks_call(struct ks_side *side, ks_u32 crossing, struct ks_message *message)
{
	struct ks_side *peer;
	int error;

	if (message->error)
		return message->error;
	peer = ks_domain_enter(side);
	error = peer ? ks_cross(side, peer, crossing, message) : -EIO;
	if (peer)
		ks_domain_leave(side);
	if (error)
		ks_message_fail(message, error);
	return error;
}
