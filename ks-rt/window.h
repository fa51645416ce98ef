/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A window: mailboxes used in rotation, so that many calls can be in flight.
 *
 * The caller posts to the next mailbox in turn that is free, and the server
 * looks at the next in turn; replies come in any order. A mailbox whose call
 * takes long is passed over by the caller. The server cannot know that, so
 * each time it finds the mailbox in turn empty it also looks at one other, the
 * scout, and if that one has a request it starts again from the one in turn:
 * what was posted before the scout's request is visible by then. So requests are
 * taken in the order in which they were posted.
 *
 * No ids cross: a reply is in its call's mailbox, and whose call that is, the
 * caller knows by the slot.
 */
#ifndef KS_WINDOW_H
#define KS_WINDOW_H

#include "ks-rt/mailbox.h"

#define KS_WINDOW_MAX 64

/* One end of a window; private. */
struct ks_window {
	struct ks_mailbox *slots;
	ks_u32 count;		/* a power of two, at most KS_WINDOW_MAX */
	ks_u32 next;		/* where the caller posts next */
	ks_u32 turn;		/* where something is expected next */
	ks_u32 scout;
	ks_u64 all;		/* a bit per slot */
	ks_u64 busy;		/* calls under way: posted and not collected, or taken and not answered */
};

static inline void ks_window_init(struct ks_window *window, struct ks_mailbox *slots, ks_u32 count)
{
	window->slots = slots;
	window->count = count;
	window->next = window->turn = window->scout = 0;
	window->all = ~(ks_u64)0 >> (64 - count);
	window->busy = 0;
}

/* The first slot of a set that is not empty, from `from` on and round. */
static inline ks_u32 ks_window_from(ks_u64 set, ks_u32 from)
{
	ks_u64 above = set >> from << from;

	return (ks_u32)__builtin_ctzll(above ? above : set);
}

static inline ks_u32 ks_window_after(const struct ks_window *window, ks_u32 slot)
{
	return (slot + 1) & (window->count - 1);
}

/* The slots after the one in turn: whether one that holds something is found at the scout's. */
static inline bool ks_window_scout(struct ks_window *window, ks_u64 set, ks_u32 *found)
{
	*found = ks_window_from(set, window->scout);
	window->scout = ks_window_after(window, *found);
	return ks_mailbox_ready(&window->slots[*found]);
}

/*
 * Receives from whichever slot of `set` has something, the one in turn first.
 * The slot, or -EAGAIN, -EPROTO, -EMSGSIZE. Unless `thorough`, one call may overlook
 * what is out of turn; as many calls as there are slots do not.
 */
static inline __attribute__((always_inline)) int
ks_window_receive(struct ks_window *window, ks_u64 set, struct ks_parcel *parcel, bool thorough)
{
	ks_u32 first, slot, found = 0;
	int tries = thorough ? (int)window->count : 1;
	int error;

	if (!set)
		return -EAGAIN;
	first = slot = ks_window_from(set, window->turn);
	error = ks_mailbox_receive(&window->slots[slot], parcel);
	if (__builtin_expect(error == -EAGAIN, 0)) {
		if (set == (ks_u64)1 << first)
			return error;
		while (!ks_window_scout(window, set, &found))
			if (!--tries)
				return error;
		/* Anything before it was posted before it, so is visible if it was posted at all. */
		for (;; slot = ks_window_from(set, ks_window_after(window, slot))) {
			error = ks_mailbox_receive(&window->slots[slot], parcel);
			if (error != -EAGAIN || slot == found)
				break;
		}
	}
	if (error)
		return error;
	window->turn = ks_window_after(window, slot);
	return (int)slot;
}

/* ---- the caller's end ---- */

/* Posts a request. Its slot, or -EAGAIN: full; -EMSGSIZE: too long. */
static inline __attribute__((always_inline)) int
ks_window_post(struct ks_window *window, const struct ks_parcel *request)
{
	ks_u64 free = window->all & ~window->busy;
	ks_u32 slot;
	int error;

	if (!free)
		return -EAGAIN;
	slot = ks_window_from(free, window->next);
	error = ks_mailbox_pass(&window->slots[slot], request);
	if (error)
		return error;
	window->busy |= (ks_u64)1 << slot;
	window->next = ks_window_after(window, slot);
	return (int)slot;
}

/* The reply to the call in `slot`. -EAGAIN: none yet; -ENOENT: no such call; -EPROTO, -EMSGSIZE. */
static inline __attribute__((always_inline)) int
ks_window_collect(struct ks_window *window, ks_u32 slot, struct ks_parcel *reply)
{
	int error;

	if (slot >= window->count || !(window->busy >> slot & 1))
		return -ENOENT;
	error = ks_mailbox_receive(&window->slots[slot], reply);
	if (error)
		return error;
	window->busy &= ~((ks_u64)1 << slot);
	return 0;
}

/* Any reply. The slot of its call, or -EAGAIN, -EPROTO, -EMSGSIZE. */
static inline __attribute__((always_inline)) int
ks_window_collect_any(struct ks_window *window, struct ks_parcel *reply, bool thorough)
{
	int slot = ks_window_receive(window, window->busy, reply, thorough);

	if (slot >= 0)
		window->busy &= ~((ks_u64)1 << slot);
	return slot;
}

/*
 * Gives up the next call under way, whose reply is not awaited any more: its slot, or
 * -ENOENT if there is none. For when the channel has ended.
 */
static inline int ks_window_abandon(struct ks_window *window)
{
	ks_u32 slot;

	if (!window->busy)
		return -ENOENT;
	slot = (ks_u32)__builtin_ctzll(window->busy);
	window->busy &= ~((ks_u64)1 << slot);
	window->all &= ~((ks_u64)1 << slot);
	return (int)slot;
}

/* ---- the server's end ---- */

/* The next request, in the order posted. Its slot, or -EAGAIN, -EPROTO, -EMSGSIZE. */
static inline __attribute__((always_inline)) int
ks_window_take(struct ks_window *window, struct ks_parcel *request, bool thorough)
{
	int slot = ks_window_receive(window, window->all & ~window->busy, request, thorough);

	if (slot >= 0)
		window->busy |= (ks_u64)1 << slot;
	return slot;
}

/* Answers the call in `slot`. -ENOENT: no such call; -EMSGSIZE: too long, not answered. */
static inline __attribute__((always_inline)) int
ks_window_reply(struct ks_window *window, ks_u32 slot, const struct ks_parcel *reply)
{
	int error;

	if (slot >= window->count || !(window->busy >> slot & 1))
		return -ENOENT;
	error = ks_mailbox_pass(&window->slots[slot], reply);
	if (!error)
		window->busy &= ~((ks_u64)1 << slot);
	return error;
}

#endif
