// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Crossings, as far as all transports have them in common: starting one,
 * answering one, and what an end makes of an answer.
 */
#include "ks-rt/end/end.h"

bool ks_log_crossings;

static const char *ks_crossing_name(const struct ks_end *end, ks_u32 crossing)
{
	return end->interface->crossings ? end->interface->crossings[crossing] : "not named";
}

/* At the kernel's end, which sees those of both directions; what is bad, at the end that finds it. */
static void ks_log_crossing(const struct ks_end *end, const char *what, ks_u32 crossing,
			    const struct ks_message *message, int error)
{
	if (!ks_load(&ks_log_crossings) || crossing >= end->interface->crossing_count)
		return;
	if (error == -EBADMSG && message->why)
		ks_os_log("%s: %s %s: %s", end->interface->name, what,
			  ks_crossing_name(end, crossing), message->why);
	else if (end->is_driver)
		return;
	else if (error)
		ks_os_log("%s: %s %s: error %d", end->interface->name, what,
			  ks_crossing_name(end, crossing), error);
	else
		ks_os_log("%s: %s %s: %u bytes", end->interface->name, what,
			  ks_crossing_name(end, crossing), message->size);
}

int ks_message_fill(struct ks_message *message, const void *data, ks_u32 size)
{
	if (size > message->capacity)
		return ks_message_bad(message, "message of an impossible size");
	memcpy(message->data, data, size);
	message->size = size;
	message->position = 0;
	return 0;
}

int ks_answer(struct ks_end *callee, ks_u32 crossing, struct ks_message *message)
{
	int error = message->error;

	if (!error && crossing == KS_CROSSING_STEP && !callee->is_driver)
		return ks_step_answer(callee, message);
	if (!error && crossing >= callee->interface->crossing_count)
		error = ks_message_bad(message, "crossing out of range");
	if (!error) {
		message->function = ks_crossing_name(callee, crossing);
		ks_log_crossing(callee, "driver calls", crossing, message, 0);
		ks_stack_left(callee, __builtin_frame_address(0));
		error = callee->interface->dispatch(callee, crossing, message);
	}
	if (!error)
		error = message->error;
	/* What has not been read to the end is read as far as it ever will be. */
	if (error || !message->turn_of)
		ks_turn_end(callee, message);
	ks_log_crossing(callee, callee->is_driver ? "driver refuses" : "kernel answers", crossing,
			message, error);
	if (error == -EBADMSG)
		ks_message_bad(message, "bad message");
	return error;
}

int ks_answered(struct ks_end *caller, struct ks_message *message, int error)
{
	if (error < -MAX_ERRNO || error > 0)
		return ks_message_bad(message, "answer is no error code");
	/* -EBADMSG says that the driver could not read ours; it is not for us to stop. */
	if (error == -EBADMSG && !caller->is_driver)
		return -EPROTO;
	if (!error && ks_domain_stopped(caller))
		return -EIO;
	return error ? error : message->error;
}

int ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	ks_u64 mark = ks_holdings_mark(end);
	int error = -EIO;

	if (message->error) {
		ks_turn_leave(message);
		return message->error;
	}
	if (ks_domain_enter(end)) {
		ks_count(&end->calls);
		ks_log_crossing(end, "kernel calls", crossing, message, 0);
		error = end->domain->transport->cross(end, crossing, message);
		ks_log_crossing(end, "driver answers", crossing, message, error);
		ks_domain_leave(end);
	}
	ks_turn_leave(message);
	if (error && ks_domain_stopped(end))
		ks_undo_locks(end, mark);
	if (error) {
		ks_message_fail(message, error);
		/* One of this end's, which was not sent, is no turn of the other end's. */
		message->turn = 0;
	}
	return error;
}
