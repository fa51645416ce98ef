// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What must be given back for a domain that does not do so itself: locks it has taken, what it has
 * registered, objects it was given. Each is a holding, a call that undoes it. Locks are given back
 * by the crossing in which they were taken, if that fails because the domain was stopped; all that
 * is left, newest first, when the domain is closed.
 */
#include "ks-rt/end/end.h"

static void ks_deferred_run(struct ks_work *work);

int ks_holdings_init(struct ks_end *end)
{
	memset(&end->holdings, 0, sizeof(end->holdings));
	ks_os_defer_init(&end->holdings.work, ks_deferred_run);
	if (end->interface->undo_count)
		end->holdings.newest =
			ks_os_alloc(end->interface->undo_count * sizeof(*end->holdings.newest));
	return end->interface->undo_count && !end->holdings.newest ? -ENOMEM : 0;
}

void ks_holdings_free(struct ks_end *end)
{
	struct ks_holding *spare;
	ks_u32 undo;

	if (end->holdings.work.run) {
		ks_os_defer_end(&end->holdings.work);
		ks_deferred_run(&end->holdings.work);
	}
	/* What the driver could have freed or dropped, and did not. */
	for (undo = 0; end->holdings.newest && undo < end->interface->undo_count; undo++)
		while (end->holdings.newest[undo]) {
			struct ks_holding *older = end->holdings.newest[undo]->older;

			ks_os_free(end->holdings.newest[undo]);
			end->holdings.newest[undo] = older;
		}
	spare = end->holdings.spare;
	while (spare) {
		struct ks_holding *next = spare->next;

		ks_os_free(spare);
		spare = next;
	}
	ks_os_free(end->holdings.newest);
}

/* Under the lock, as all static functions here but ks_undo() and ks_deferred_run(). */
static void ks_holding_spare(struct ks_end *end, struct ks_holding *holding)
{
	holding->next = end->holdings.spare;
	end->holdings.spare = holding;
}

/* It is none of its object's any more. */
static void ks_holding_detach(struct ks_holding *holding)
{
	struct ks_holding **link;

	if (!holding->object)
		return;
	for (link = &holding->object->holdings; *link != holding; link = &(*link)->next)
		;
	*link = holding->next;
	holding->object = NULL;
}

static void ks_holding_unlink(struct ks_end *end, struct ks_holding *holding)
{
	if (holding->newer)
		holding->newer->older = holding->older;
	else
		end->holdings.newest[holding->undo] = holding->older;
	if (holding->older)
		holding->older->newer = holding->newer;
	ks_holding_detach(holding);
}

static void ks_holding_end(struct ks_end *end, struct ks_holding *holding)
{
	ks_holding_unlink(end, holding);
	ks_holding_spare(end, holding);
	end->holdings.count--;
}

static struct ks_holding *ks_holding_find(struct ks_end *end, ks_u32 undo, const ks_u64 *words)
{
	struct ks_holding *holding = end->holdings.newest[undo];

	while (holding && memcmp(holding->words, words, sizeof(holding->words)))
		holding = holding->older;
	return holding;
}

/* Links what has been filled in; false if it need not be: undone once for all, and held already. */
static bool ks_holding_link(struct ks_end *end, struct ks_holding *holding,
			    struct ks_object *object)
{
	struct ks_holdings *holdings = &end->holdings;
	struct ks_holding **newest = &holdings->newest[holding->undo];
	const struct ks_undo *undo = &end->interface->undos[holding->undo];
	struct ks_holding *known = NULL;

	/* The driver frees whole objects; what it is given a part of is not its own. */
	if (undo->given &&
	    (!object || !object->own || holding->words[0] != (ks_u64)(size_t)object->address))
		return false;
	if (undo->once || undo->given || undo->counted)
		known = ks_holding_find(end, holding->undo, holding->words);
	/* So that who takes back what was given or taken once more leaves what was there before. */
	if (known && !undo->once && known->times < ~0u)
		known->times++;
	if (known)
		return false;
	holding->times = 1;
	holding->open = 0;
	holding->freed = false;
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

bool ks_hold(struct ks_end *end, struct ks_message *message, ks_u32 undo, ks_ref ref,
	     const ks_u64 *words)
{
	struct ks_holdings *holdings = &end->holdings;
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_holding *holding = holdings->spare;
	bool room = holdings->count < KS_HOLDINGS_MAX;

	if (holding)
		holdings->spare = holding->next;
	ks_lock_release(&end->lock, state);
	if (!holding && room)
		holding = ks_os_alloc(sizeof(*holding));
	if (!holding) {
		ks_message_fail(message, -ENOMEM);
		return false;
	}
	holding->undo = undo;
	holding->thread = ks_os_thread();
	memcpy(holding->words, words, sizeof(holding->words));
	state = ks_lock_acquire(&end->lock);
	if (!room || !ks_holding_link(end, holding, ref ? ks_object_of_ref(end, ref) : NULL))
		ks_holding_spare(end, holding);
	ks_lock_release(&end->lock, state);
	if (!room)
		ks_message_fail(message, -ENOMEM);
	return room;
}

bool ks_offer(struct ks_end *end, struct ks_message *message, ks_u32 undo, ks_ref ref,
	      const ks_u64 *words)
{
	struct ks_holding *holding;
	unsigned long state;

	if (message->error || !ks_hold(end, message, undo, ref, words))
		return false;
	state = ks_lock_acquire(&end->lock);
	holding = ks_holding_find(end, undo, words);
	if (holding)
		holding->open++;
	ks_lock_release(&end->lock, state);
	return holding != NULL;
}

void ks_offered(struct ks_end *end, ks_u32 undo, const ks_u64 *words, bool taken)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_holding *holding = ks_holding_find(end, undo, words);
	bool last = holding && holding->open && !--holding->open;
	bool freed = last && holding->freed;

	if (freed)
		ks_holding_unlink(end, holding);
	else if (holding && !holding->freed && !taken && !--holding->times)
		ks_holding_end(end, holding);
	if (freed && !taken) {
		ks_holding_spare(end, holding);
		end->holdings.count--;
	}
	ks_lock_release(&end->lock, state);
	if (freed && taken)
		ks_holding_defer(end, holding);
	else if (freed)
		ks_domain_stop(end, "an object freed that was refused");
}

bool ks_let_go(struct ks_end *end, ks_u32 undo, const ks_u64 *words)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_holding *holding = ks_holding_find(end, undo, words);

	if (holding)
		ks_holding_end(end, holding);
	ks_lock_release(&end->lock, state);
	return holding != NULL;
}

bool ks_object_is_referenced(struct ks_end *end, const struct ks_object *object)
{
	const struct ks_holding *holding = object->holdings;

	while (holding && !end->interface->undos[holding->undo].counted)
		holding = holding->next;
	return holding != NULL;
}

bool ks_reference_drop(struct ks_end *end, ks_u32 undo, ks_ref ref, const ks_u64 *words)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_object *object = ks_object_of_ref(end, ref);
	struct ks_holding *holding = ks_holding_find(end, undo, words);
	bool uncounted = !object || !object->own || object->entrusted;

	/* pci_dev_get() and put_device() are about the same reference. */
	if (!holding && object)
		holding = object->holdings;
	while (holding && !end->interface->undos[holding->undo].counted)
		holding = holding->next;
	if (holding && holding->times < ~0u && !--holding->times)
		ks_holding_end(end, holding);
	ks_lock_release(&end->lock, state);
	return holding || uncounted;
}

void ks_object_entrust(struct ks_end *end, ks_ref ref)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_object *object = ks_object_of_ref(end, ref);

	if (object)
		object->entrusted = true;
	ks_lock_release(&end->lock, state);
}

void ks_object_let_go(struct ks_end *end, struct ks_object *object)
{
	bool extended = object->own && object->size > ks_type_size(end, object->type);
	size_t from = (size_t)object->address;
	ks_u32 undo;

	while (object->holdings)
		ks_holding_end(end, object->holdings);
	for (undo = 0; extended && undo < end->interface->undo_count; undo++) {
		struct ks_holding *holding = end->holdings.newest[undo], *older;

		for (; holding; holding = older) {
			struct ks_object *inner = holding->object;

			older = holding->older;
			if (inner && inner->own && (size_t)inner->address - from < object->size)
				ks_holding_end(end, holding);
		}
	}
}

/* What lies behind the struct may be of a type that is kept: the twin has room for it, too. */
static void *ks_object_twin_more(struct ks_end *end, struct ks_object *object, void *more)
{
	void *before = object->more_twin;

	if (object->twinned >= object->size || !ks_object_charge(end, object, object->size))
		return more;
	if (object->twin)
		memcpy(more, object->twin, object->twinned);
	object->twin = object->more_twin = more;
	object->twinned = object->size;
	return before;
}

void ks_object_extend(struct ks_end *end, struct ks_place *place, size_t extra)
{
	struct ks_object *object;
	unsigned long state;
	void *more = NULL;
	size_t size;

	if (!place->ref || place->offset)
		return;
	size = ks_type_size(end, (ks_u16)(ks_ref_type(place->ref) - 1)) + extra;
	if (end->keeps)
		more = ks_os_alloc(size);
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, place->ref);
	if (object && object->own && object->type != KS_BLOCK && !object->fixed) {
		ks_object_grow(end, object, size);
		place->extent = (ks_u32)object->size;
		if (more)
			more = ks_object_twin_more(end, object, more);
	}
	ks_lock_release(&end->lock, state);
	ks_os_free(more);
}

/* The newest of all, or of the locks that this thread has taken after `mark`. */
static struct ks_holding *ks_holding_newest(struct ks_end *end, bool only_locks, ks_u64 mark)
{
	const struct ks_interface *interface = end->interface;
	struct ks_holding *best = NULL, *holding;
	const void *thread = ks_os_thread();
	ks_u32 undo;

	for (undo = 0; undo < interface->undo_count; undo++) {
		holding = end->holdings.newest[undo];
		if (!holding || interface->undos[undo].given || interface->undos[undo].counted ||
		    (only_locks && !interface->undos[undo].lock))
			continue;
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
static bool ks_holding_is_stale(struct ks_end *end, const struct ks_holding *holding)
{
	return end->interface->undos[holding->undo].once && holding->object &&
	       holding->object->own && !holding->object->fixed && !ks_load(&end->domain->stopped);
}

/* Undoes one, with the end's lock released; the count goes up. False if there is none. */
static bool ks_undo(struct ks_end *end, bool only_locks, ks_u64 mark, ks_u32 *count)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_holding *holding = ks_holding_newest(end, only_locks, mark);
	bool stale = false;

	if (holding) {
		stale = ks_holding_is_stale(end, holding);
		ks_holding_unlink(end, holding);
		end->holdings.count--;
	}
	ks_lock_release(&end->lock, state);
	if (!holding)
		return false;
	if (!stale) {
		end->interface->undos[holding->undo].run(holding->words);
		++*count;
	}
	state = ks_lock_acquire(&end->lock);
	ks_holding_spare(end, holding);
	ks_lock_release(&end->lock, state);
	return true;
}

struct ks_holding *ks_holding_take_given(struct ks_end *end, struct ks_object *object, bool *waits)
{
	struct ks_holding *holding = object->holdings;

	while (holding && !end->interface->undos[holding->undo].given)
		holding = holding->next;
	if (!holding)
		return NULL;
	*waits = holding->open != 0;
	if (!*waits) {
		ks_holding_unlink(end, holding);
		return holding;
	}
	ks_holding_detach(holding);
	holding->freed = true;
	return NULL;
}

/* Until it is done it counts as held: the driver cannot have more of them wait than it may hold. */
static void ks_deferred_run(struct ks_work *work)
{
	struct ks_holdings *holdings = KS_OUTER(work, struct ks_holdings, work);
	struct ks_end *end = KS_OUTER(holdings, struct ks_end, holdings);
	struct ks_holding *holding = NULL;
	unsigned long state;

	do {
		state = ks_lock_acquire(&end->lock);
		if (holding) {
			ks_holding_spare(end, holding);
			holdings->count--;
		}
		holding = holdings->deferred;
		if (holding)
			holdings->deferred = holding->next;
		ks_lock_release(&end->lock, state);
		if (holding)
			end->interface->undos[holding->undo].run(holding->words);
	} while (holding);
}

void ks_holding_defer(struct ks_end *end, struct ks_holding *holding)
{
	unsigned long state = ks_lock_acquire(&end->lock);

	holding->next = end->holdings.deferred;
	end->holdings.deferred = holding;
	ks_lock_release(&end->lock, state);
	ks_os_defer(&end->holdings.work);
}

ks_u64 ks_holdings_mark(struct ks_end *end)
{
	return ks_load(&end->holdings.serial);
}

void ks_undo_locks(struct ks_end *end, ks_u64 mark)
{
	ks_u32 count = 0;

	while (ks_undo(end, true, mark, &count))
		;
	if (count)
		ks_os_log("%s: %u locks released that the driver held", end->interface->name,
			  count);
}

void ks_undo_all(struct ks_end *end)
{
	ks_u32 count = 0;

	ks_deferred_run(&end->holdings.work);
	while (ks_undo(end, false, 0, &count))
		;
	if (count)
		ks_os_log("%s: %u things given back that the driver held", end->interface->name,
			  count);
}
