// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What must be given back for a domain that does not do so itself: locks it has taken, what it has
 * registered, objects it was given. Each is a holding, a call that undoes it. Locks are given back
 * by the crossing in which they were taken, if that fails because the domain was stopped; all that
 * is left, newest first, when the domain is closed.
 */
#include "ks-rt/end/end.h"

int ks_holdings_init(struct ks_side *side)
{
	memset(&side->holdings, 0, sizeof(side->holdings));
	if (side->interface->undo_count)
		side->holdings.newest = ks_os_alloc(side->interface->undo_count *
						    sizeof(*side->holdings.newest));
	return side->interface->undo_count && !side->holdings.newest ? -ENOMEM : 0;
}

void ks_holdings_free(struct ks_side *side)
{
	struct ks_holding *spare = side->holdings.spare;

	while (spare) {
		struct ks_holding *next = spare->next;

		ks_os_free(spare);
		spare = next;
	}
	ks_os_free(side->holdings.newest);
}

/* Under the lock, as all static functions here but ks_undo(). */
static void ks_holding_spare(struct ks_side *side, struct ks_holding *holding)
{
	holding->next = side->holdings.spare;
	side->holdings.spare = holding;
}

static void ks_holding_unlink(struct ks_side *side, struct ks_holding *holding)
{
	struct ks_holding **link;

	if (holding->newer)
		holding->newer->older = holding->older;
	else
		side->holdings.newest[holding->undo] = holding->older;
	if (holding->older)
		holding->older->newer = holding->newer;
	if (!holding->object)
		return;
	for (link = &holding->object->holdings; *link != holding; link = &(*link)->next)
		;
	*link = holding->next;
}

static void ks_holding_end(struct ks_side *side, struct ks_holding *holding)
{
	ks_holding_unlink(side, holding);
	ks_holding_spare(side, holding);
	side->holdings.count--;
}

static struct ks_holding *ks_holding_find(struct ks_side *side, ks_u32 undo, const ks_u64 *words)
{
	struct ks_holding *holding = side->holdings.newest[undo];

	while (holding && memcmp(holding->words, words, sizeof(holding->words)))
		holding = holding->older;
	return holding;
}

/* Links what has been filled in; false if it need not be: undone once for all, and held already. */
static bool ks_holding_link(struct ks_side *side, struct ks_holding *holding, struct ks_object *object)
{
	struct ks_holdings *holdings = &side->holdings;
	struct ks_holding **newest = &holdings->newest[holding->undo];

	if (side->interface->undos[holding->undo].once &&
	    ks_holding_find(side, holding->undo, holding->words))
		return false;
	holding->serial = ++holdings->serial;
	holding->newer = NULL;
	holding->older = *newest;
	if (*newest)
		(*newest)->newer = holding;
	*newest = holding;
	holdings->count++;
	holding->object = object;
	if (object) {
		holding->next = object->holdings;
		object->holdings = holding;
	}
	return true;
}

bool ks_hold(struct ks_side *side, struct ks_message *message, ks_u32 undo, ks_ref ref,
	     const ks_u64 *words)
{
	struct ks_holdings *holdings = &side->holdings;
	unsigned long state = ks_lock_acquire(&side->lock);
	struct ks_holding *holding = holdings->spare;
	bool room = holdings->count < KS_HOLDINGS_MAX;

	if (holding)
		holdings->spare = holding->next;
	ks_lock_release(&side->lock, state);
	if (!holding && room)
		holding = ks_os_alloc(sizeof(*holding));
	if (!holding) {
		ks_message_fail(message, -ENOMEM);
		return false;
	}
	holding->undo = undo;
	holding->thread = ks_os_thread();
	memcpy(holding->words, words, sizeof(holding->words));
	state = ks_lock_acquire(&side->lock);
	if (!room || !ks_holding_link(side, holding, ref ? ks_object_of_ref(side, ref) : NULL))
		ks_holding_spare(side, holding);
	ks_lock_release(&side->lock, state);
	if (!room)
		ks_message_fail(message, -ENOMEM);
	return room;
}

bool ks_let_go(struct ks_side *side, ks_u32 undo, const ks_u64 *words)
{
	unsigned long state = ks_lock_acquire(&side->lock);
	struct ks_holding *holding = ks_holding_find(side, undo, words);

	if (holding)
		ks_holding_end(side, holding);
	ks_lock_release(&side->lock, state);
	return holding != NULL;
}

void ks_object_let_go(struct ks_side *side, struct ks_object *object)
{
	size_t from = (size_t)object->address;
	ks_u32 undo;

	while (object->holdings)
		ks_holding_end(side, object->holdings);
	for (undo = 0; object->extent && undo < side->interface->undo_count; undo++) {
		struct ks_holding *holding = side->holdings.newest[undo], *older;

		for (; holding; holding = older) {
			struct ks_object *inner = holding->object;

			older = holding->older;
			if (inner && inner->own && (size_t)inner->address - from < object->extent)
				ks_holding_end(side, holding);
		}
	}
}

void ks_object_extend(struct ks_side *side, ks_ref ref, size_t extra)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&side->lock);

	object = ks_object_of_ref(side, ref);
	if (object && object->own)
		object->extent = object->size + extra;
	ks_lock_release(&side->lock, state);
}

/* The newest of all, or of the locks that this thread has taken after `mark`. */
static struct ks_holding *ks_holding_newest(struct ks_side *side, bool only_locks, ks_u64 mark)
{
	const struct ks_interface *interface = side->interface;
	struct ks_holding *best = NULL, *holding;
	const void *thread = ks_os_thread();
	ks_u32 undo;

	for (undo = 0; undo < interface->undo_count; undo++) {
		if (only_locks && !interface->undos[undo].lock)
			continue;
		holding = side->holdings.newest[undo];
		while (only_locks && holding && holding->thread != thread)
			holding = holding->older;
		if (holding && holding->serial > mark && (!best || holding->serial > best->serial))
			best = holding;
	}
	return best;
}

/*
 * Whether what a holding is about may be gone, though the driver was not stopped: what is undone once
 * for all is noted even if it has come to its end by itself, and then who knows what is where
 * an object of the kernel's was.
 */
static bool ks_holding_is_stale(struct ks_side *side, const struct ks_holding *holding)
{
	return side->interface->undos[holding->undo].once && holding->object &&
	       holding->object->own && !holding->object->fixed && !ks_load(&side->domain->stopped);
}

/* Undoes one, with the end's lock released; the count goes up. False if there is none. */
static bool ks_undo(struct ks_side *side, bool only_locks, ks_u64 mark, ks_u32 *count)
{
	unsigned long state = ks_lock_acquire(&side->lock);
	struct ks_holding *holding = ks_holding_newest(side, only_locks, mark);
	bool stale = false;

	if (holding) {
		stale = ks_holding_is_stale(side, holding);
		ks_holding_unlink(side, holding);
		side->holdings.count--;
	}
	ks_lock_release(&side->lock, state);
	if (!holding)
		return false;
	if (!stale) {
		side->interface->undos[holding->undo].run(holding->words);
		++*count;
	}
	state = ks_lock_acquire(&side->lock);
	ks_holding_spare(side, holding);
	ks_lock_release(&side->lock, state);
	return true;
}

ks_u64 ks_holdings_mark(struct ks_side *side)
{
	return ks_load(&side->holdings.serial);
}

void ks_undo_locks(struct ks_side *side, ks_u64 mark)
{
	ks_u32 count = 0;

	while (ks_undo(side, true, mark, &count))
		;
	if (count)
		ks_os_log("%s: %u locks released that the driver held", side->interface->name, count);
}

void ks_undo_all(struct ks_side *side)
{
	ks_u32 count = 0;

	while (ks_undo(side, false, 0, &count))
		;
	if (count)
		ks_os_log("%s: %u things given back that the driver held", side->interface->name, count);
}
