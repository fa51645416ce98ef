/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A window: mailboxes used in rotation, so that many calls can be in flight.
 *
 * The caller posts to the next mailbox in turn that is free, and the server
 * looks at the next in turn; replies come in any order. A mailbox whose call
 * takes long is passed over by the caller. The server cannot know that, so when
 * it has found nothing in turn for a while it looks at all the others. Requests
 * are taken in the order in which they were posted as long as none was passed
 * over; after that a request may overtake others, but less than one lap of them.
 *
 * No ids cross: a reply is in its call's mailbox, and whose call that is, the
 * caller knows by the slot.
 */
#ifndef KS_WINDOW_H
#define KS_WINDOW_H

#include "ks-rt/channel/mailbox.h"

#define KS_WINDOW_MAX 64
#define KS_WINDOW_PATIENCE 16 /* looks at the slot in turn, for one at all the others */

/* One end of a window; private. */
struct ks_window {
	struct ks_mailbox *slots;
	ks_u32 count;  /* a power of two, at most KS_WINDOW_MAX */
	ks_u32 mask;   /* count - 1 */
	ks_u32 next;   /* where the caller posts next */
	ks_u32 turn;   /* where something is expected next */
	ks_u32 misses; /* looks since something was found */
	ks_u64 all;    /* a bit per slot */
	ks_u64 busy;   /* calls under way: posted and not collected, or taken and not answered */
};

static inline void ks_window_init(struct ks_window *window, struct ks_mailbox *slots, ks_u32 count)
{
	window->slots = slots;
	window->count = count;
	window->mask = count - 1;
	window->next = window->turn = window->misses = 0;
	window->all = ~(ks_u64)0 >> (64 - count);
	window->busy = 0;
}

/*
 * The first slot of a set that is not empty, from `from` on and round. Mostly it is `from`, and a
 * branch that says so lets the processor go on without knowing the set.
 */
static inline ks_u32 ks_window_from(ks_u64 set, ks_u32 from)
{
	ks_u64 above = set >> from;

	if (__builtin_expect(above & 1, 1))
		return from;
	return above ? from + (ks_u32)__builtin_ctzll(above) : (ks_u32)__builtin_ctzll(set);
}

/* What the caller may post to, or the server take from. */
static inline ks_u64 ks_window_free(const struct ks_window *window)
{
	return window->all & ~window->busy;
}

static inline ks_u32 ks_window_after(const struct ks_window *window, ks_u32 slot)
{
	return (slot + 1) & window->mask;
}

/* The first slot that has something, if slot `first` of `set`, which is in turn, was empty. */
static inline bool ks_window_search(const struct ks_window *window, ks_u64 set, ks_u32 first,
				    ks_u32 *found)
{
	ks_u32 slot = first;

	do {
		slot = ks_window_from(set, ks_window_after(window, slot));
		if (slot == first)
			return false;
	} while (!ks_mailbox_ready(&window->slots[slot]));
	/* In the meantime there may be something before it: it was posted first if none was passed over. */
	*found = first;
	while (*found != slot && !ks_mailbox_ready(&window->slots[*found]))
		*found = ks_window_from(set, ks_window_after(window, *found));
	return true;
}

/* The call in `slot` is under way no more, at the caller's end; at the server's it now is. */
static inline int ks_window_received(struct ks_window *window, ks_u32 slot)
{
	if (__builtin_expect(window->misses, 0))
		window->misses = 0;
	window->turn = ks_window_after(window, slot);
	window->busy ^= (ks_u64)1 << slot;
	return (int)slot;
}

/*
 * Receives from whichever slot of `set` has something, the one in turn first.
 * The slot, or -EAGAIN, -EPROTO, -EMSGSIZE. Unless `thorough`, only one call of a few
 * looks at more than the one in turn.
 */
static inline int ks_window_receive(struct ks_window *window, ks_u64 set,
				    struct ks_payload *payload, bool thorough)
{
	ks_u32 slot;
	int error;

	if (!set)
		return -EAGAIN;
	slot = ks_window_from(set, window->turn);
	error = ks_mailbox_receive(&window->slots[slot], payload);
	if (error == -EAGAIN) {
		if (!thorough && ++window->misses % KS_WINDOW_PATIENCE)
			return error;
		if (!ks_window_search(window, set, slot, &slot))
			return error;
		error = ks_mailbox_receive(&window->slots[slot], payload);
	}
	return error ? error : ks_window_received(window, slot);
}

/* The same if in turn there is a payload of a line. False, and nothing was done, if not. */
static inline __attribute__((always_inline)) bool
ks_window_receive_short(struct ks_window *window, ks_u64 set, struct ks_payload *payload, int *slot)
{
	ks_u32 turn = window->turn;

	if (__builtin_expect(!(set >> turn & 1), 0) ||
	    !ks_mailbox_receive_short(&window->slots[turn], payload))
		return false;
	*slot = ks_window_received(window, turn);
	return true;
}

/* ---- the caller's end ---- */

static inline int ks_window_posted(struct ks_window *window, ks_u32 slot)
{
	window->busy |= (ks_u64)1 << slot;
	window->next = ks_window_after(window, slot);
	return (int)slot;
}

/* Posts a request. Its slot, or -EAGAIN: full; -EMSGSIZE: too long. */
static inline int ks_window_post(struct ks_window *window, const struct ks_payload *request)
{
	ks_u64 free = ks_window_free(window);
	ks_u32 slot;
	int error;

	if (!free)
		return -EAGAIN;
	slot = ks_window_from(free, window->next);
	error = ks_mailbox_pass(&window->slots[slot], request);
	return error ? error : ks_window_posted(window, slot);
}

/* The same for a request of at most a line. */
static inline __attribute__((always_inline)) int
ks_window_post_short(struct ks_window *window, const struct ks_payload *request)
{
	ks_u64 free = ks_window_free(window);
	ks_u32 slot;

	if (!free)
		return -EAGAIN;
	slot = ks_window_from(free, window->next);
	ks_mailbox_pass_short(&window->slots[slot], request);
	return ks_window_posted(window, slot);
}

/* The reply to the call in `slot`. -EAGAIN: none yet; -ENOENT: no such call; -EPROTO, -EMSGSIZE. */
static inline __attribute__((always_inline)) int
ks_window_collect(struct ks_window *window, ks_u32 slot, struct ks_payload *reply)
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
static inline int ks_window_collect_any(struct ks_window *window, struct ks_payload *reply,
					bool thorough)
{
	return ks_window_receive(window, window->busy, reply, thorough);
}

/* Gives up the call in `slot`, which is not used again. */
static inline void ks_window_forsake(struct ks_window *window, ks_u32 slot)
{
	window->busy &= ~((ks_u64)1 << slot);
	window->all &= ~((ks_u64)1 << slot);
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
	ks_window_forsake(window, slot);
	return (int)slot;
}

/* ---- the server's end ---- */

/* The next request. Its slot, or -EAGAIN, -EPROTO, -EMSGSIZE. */
static inline int ks_window_take(struct ks_window *window, struct ks_payload *request,
				 bool thorough)
{
	return ks_window_receive(window, ks_window_free(window), request, thorough);
}

/* Whether the server has taken the call in `slot`, and not answered it. */
static inline bool ks_window_taken(const struct ks_window *window, ks_u32 slot)
{
	return slot < window->count && window->busy >> slot & 1;
}

/* Answers the call in `slot`. -ENOENT: no such call; -EMSGSIZE: too long, not answered. */
static inline int ks_window_reply(struct ks_window *window, ks_u32 slot,
				  const struct ks_payload *reply)
{
	int error;

	if (!ks_window_taken(window, slot))
		return -ENOENT;
	error = ks_mailbox_pass(&window->slots[slot], reply);
	if (!error)
		window->busy &= ~((ks_u64)1 << slot);
	return error;
}

/* The same with a reply of at most a line. */
static inline __attribute__((always_inline)) int
ks_window_reply_short(struct ks_window *window, ks_u32 slot, const struct ks_payload *reply)
{
	if (!ks_window_taken(window, slot))
		return -ENOENT;
	ks_mailbox_pass_short(&window->slots[slot], reply);
	window->busy &= ~((ks_u64)1 << slot);
	return 0;
}

#endif
