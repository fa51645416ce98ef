// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Messages take effect in the order in which they were written. A change of a shared object is sent once, by
 * whichever message is written next, also that of another thread: so the threads that have made it may not get
 * ahead of that message. Writing one, like reading one, is done by one thread of an end at a time, since both
 * compare an object with its twin and set the twin. What has been written gets the next number, its turn; who
 * reads waits until all turns before have been read.
 *
 * The wait is bounded. A message may be held up by who waits for it: an interrupt that comes between the writing
 * and the reading, and crosses itself. Then that goes on with what is there, and it is counted.
 */
#include "ks-rt/end/end.h"

ks_u64 ks_turns_missed;

void ks_turns_init(struct ks_end *end)
{
	ks_lock_init(&end->turns.lock);
}

/* Under the lock. What comes after its turn does not turn it back. */
static void ks_turn_pass(struct ks_end *end, struct ks_message *message)
{
	if (message->turn > end->turns.applied)
		ks_store(&end->turns.applied, message->turn);
	message->turn = 0;
}

void ks_collect(struct ks_end *end, struct ks_message *message)
{
	message->turn_state = ks_lock_acquire(&end->turns.lock);
	message->turn_of = end;
	/* What came in it has been read, if that has been asked for at all. */
	ks_turn_pass(end, message);
}

void ks_turn_leave(struct ks_message *message)
{
	struct ks_end *end = message->turn_of;

	if (!end)
		return;
	message->turn_of = NULL;
	ks_lock_release(&end->turns.lock, message->turn_state);
}

void ks_turn_take(struct ks_message *message)
{
	if (message->turn_of)
		message->turn = message->error ? 0 : ++message->turn_of->turns.given;
	ks_turn_leave(message);
}

static void ks_turn_await(struct ks_end *end, ks_u64 turn)
{
	const ks_u64 before = turn - 1;
	ks_u64 limit = 0;

	while (ks_load(&end->turns.applied) < before && !ks_load(&end->domain->stopped)) {
		const ks_u64 now = ks_os_now();

		limit = limit ? limit : now + ks_os_patience();
		if (now >= limit) {
			ks_count(&ks_turns_missed);
			return;
		}
		if (end->domain->transport->relax)
			end->domain->transport->relax(end);
		else
			ks_os_relax();
	}
}

void ks_apply(struct ks_end *end, struct ks_message *message)
{
	/* There are only so many messages under way. */
	if (message->turn > ks_load(&end->turns.applied) + 2 * KS_MESSAGES) {
		ks_message_bad(message, "a turn that is nobody's");
		message->turn = 0;
	}
	if (message->turn)
		ks_turn_await(end, message->turn);
	message->turn_state = ks_lock_acquire(&end->turns.lock);
	message->turn_of = end;
}

void ks_applied(struct ks_end *end, struct ks_message *message)
{
	if (message->turn_of != end)
		return;
	ks_turn_pass(end, message);
	ks_turn_leave(message);
}

void ks_turn_end(struct ks_end *end, struct ks_message *message)
{
	unsigned long state;

	ks_turn_leave(message);
	if (!message->turn)
		return;
	state = ks_lock_acquire(&end->turns.lock);
	ks_turn_pass(end, message);
	ks_lock_release(&end->turns.lock, state);
}
