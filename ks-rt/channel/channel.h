/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A channel: all that two ends on two processors need to call each other.
 *
 * In shared memory it has, for each direction, a mailbox for the synchronous
 * call, a window of mailboxes for calls in flight, and a ring for what needs
 * no answer. It adds what these leave out: waiting (spin, then yield, then
 * sleep, as the policy says), waking a sleeping peer, and ending.
 *
 * Batching: posting, replying and pushing wake nobody. ks_channel_flush()
 * wakes the peer if it sleeps, once for all that was sent before; it is due before an end
 * waits or turns to something else. Where no end ever sleeps it does nothing.
 *
 * Results: 0 or a slot, or
 *	-EAGAIN		nothing there yet, or full
 *	-EMSGSIZE	too long: nothing was sent, or the payload is still there
 *	-EBUSY, -ENOENT	a mailbox is used out of turn; no such call
 *	-ETIMEDOUT	the peer has not answered in time; its answer may still come
 * and once the channel has ended, for every call in flight and all later ones,
 *	-EPIPE		one of the ends has closed it
 *	-EPROTO		the peer wrote what it may not
 *	or what the policy's check() said.
 * What the peer sent before it closed is still received first.
 *
 * One end is used by one thread at a time; but ks_channel_stop() and
 * ks_channel_close() may be called by any thread, in any context but NMI.
 */
#ifndef KS_CHANNEL_H
#define KS_CHANNEL_H

#include "ks-rt/os/os.h"
#include "ks-rt/channel/ring.h"
#include "ks-rt/channel/window.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What both ends know beforehand and agree on; nothing of it is read from shared memory. */
struct ks_channel_shape {
	ks_u32 slots;	   /* of each window: a power of two, at most KS_WINDOW_MAX */
	ks_u32 ring_slots; /* of each ring: a power of two, at most KS_RING_MAX */
	ks_u32 call_tail; /* bytes past the line, of a call or reply: a multiple of 64, to KS_TAIL_MAX */
	ks_u32 ring_tail; /* the same, of a payload in the rings */
	bool sleeps;	  /* either end may sleep, so whoever sends looks whether to wake it */
};

#define KS_RING_MAX (1u << 20)

/* How to wait. */
struct ks_wait {
	ks_u32 spins;  /* looks with a pause between them, before the first yield */
	ks_u32 yields; /* looks with a yield between them, before the first sleep */
	bool sleeps;   /* then sleep, if the shape says so; else yield on, or spin if yields is 0 */
	ks_u64 timeout; /* in nanoseconds; 0: none */
	ks_u64 nap;	/* the longest sleep without a look and a check; 0: KS_NAP */
	/* Asked now and then while waiting: 0, or the error to end the channel with. */
	int (*check)(void *context);
	void *context;
};

#define KS_NAP 50000000ull

/* In shared memory, one for each end. */
struct ks_channel_end {
	ks_u32 bell
		__attribute__((aligned(2 * KS_LINE_SIZE))); /* 1: the end sleeps, or is about to */
	ks_u32 closed; /* not 0: the end has closed the channel */
	ks_u32 freed __attribute__((aligned(KS_LINE_SIZE))); /* of the ring that the end consumes */
};

/* One end of a channel; private. */
struct ks_channel {
	int error; /* 0 while open, else why it ended; of several reasons the first */
	bool sleeps;
	struct ks_channel_end *mine, *theirs;
	ks_u32 *my_bell,
		*their_bell;	 /* those of mine and theirs, or ones that several channels share */
	struct ks_mailbox call;	 /* this end calls */
	struct ks_mailbox serve; /* the peer calls */
	struct ks_window out;	 /* this end calls */
	struct ks_window in;	 /* the peer calls */
	struct ks_ring send;
	struct ks_ring receive;
	struct ks_mailbox out_slots[KS_WINDOW_MAX];
	struct ks_mailbox in_slots[KS_WINDOW_MAX];
};

/* Bytes of shared memory that a channel takes; 0 if the shape makes no sense. */
size_t ks_channel_size(const struct ks_channel_shape *shape);

/*
 * Makes end `end`, 0 or 1, of a channel in that much memory, page-aligned. The memory was
 * zero before either end was made. Returns 0 or -EINVAL. An end holds nothing that must be freed.
 */
int ks_channel_init(struct ks_channel *channel, void *memory, const struct ks_channel_shape *shape,
		    int end);

/* Ends the channel for both ends, -EPIPE for the other; wakes both. The first error stays. */
void ks_channel_stop(struct ks_channel *channel, int error);

static inline void ks_channel_close(struct ks_channel *channel)
{
	ks_channel_stop(channel, -EPIPE);
}

/* 0 while the channel is open, else why it ended. */
static inline int ks_channel_state(const struct ks_channel *channel)
{
	/* Pair with the two stores in ks_channel_stop(): what was sent before is there. */
	int error = __atomic_load_n(&channel->error, KS_STOPPED_ACQUIRE);

	if (error)
		return error;
	return __atomic_load_n(&channel->theirs->closed, KS_CLOSED_ACQUIRE) ? -EPIPE : 0;
}

void ks_channel_wake(struct ks_channel *channel);

/* Wakes the peer if it sleeps. */
static inline void ks_channel_flush(struct ks_channel *channel)
{
	if (!channel->sleeps)
		return;
	/* Pairs with KS_SLEEP_FENCE: either this end sees the bell, or the sleeper what was sent. */
	ks_fence(KS_RING_FENCE);
	if (ks_load(channel->their_bell))
		ks_channel_wake(channel);
}

/* ---- waiting ---- */

/* -EAGAIN to go on waiting. `thorough`: overlook nothing, a sleep may follow. */
typedef int ks_poll(void *context, bool thorough);

/* Bound to be a moment, so not worth a call: about a microsecond. */
#define KS_SPINS_INLINE 64

int ks_channel_wait_on(struct ks_channel *channel, const struct ks_wait *how, ks_poll *poll,
		       void *context);

static inline void ks_cpu_relax(void)
{
#ifdef __x86_64__
	__builtin_ia32_pause();
#endif
}

/*
 * Polls until the answer is not -EAGAIN, and returns it; or why the channel ended, or
 * -ETIMEDOUT. Flushes nothing. Sleeps as `how` says, so may not be called in atomic context
 * unless that only spins.
 */
static inline __attribute__((always_inline)) int
ks_channel_wait(struct ks_channel *channel, const struct ks_wait *how, ks_poll *poll, void *context)
{
	ks_u32 spins = how->spins < KS_SPINS_INLINE ? how->spins : KS_SPINS_INLINE;
	int error;

	while (spins--) {
		error = poll(context, false);
		if (error != -EAGAIN)
			return error;
		ks_cpu_relax();
	}
	return ks_channel_wait_on(channel, how, poll, context);
}

/* ---- what mailbox, window and ring do, on an open channel ---- */

/*
 * What became of `expression`, which receives: nonsense ends the channel; and if it has ended,
 * there will be no more than is there now.
 */
int ks_channel_received(struct ks_channel *channel, int state, int error);

#define KS_CHANNEL_SEND(channel, expression)               \
	({                                                 \
		int ks_state_ = ks_channel_state(channel); \
		ks_state_ ? ks_state_ : (expression);      \
	})

#define KS_CHANNEL_RECEIVE(channel, expression)                              \
	({                                                                   \
		int ks_state_ = ks_channel_state(channel);                   \
		int ks_error_ = (expression);                                \
		__builtin_expect(ks_error_ < 0, 0) ?                         \
			ks_channel_received(channel, ks_state_, ks_error_) : \
			ks_error_;                                           \
	})

/* The long way of what follows: for what is longer than a line, or is not there in turn. */
int ks_channel_post_long(struct ks_channel *channel, const struct ks_payload *request);
int ks_channel_collect_long(struct ks_channel *channel, struct ks_payload *reply, bool thorough);
int ks_channel_take_long(struct ks_channel *channel, struct ks_payload *request, bool thorough);
int ks_channel_reply_long(struct ks_channel *channel, ks_u32 slot, const struct ks_payload *reply);
int ks_channel_push_long(struct ks_channel *channel, const struct ks_payload *payload);
int ks_channel_pop_long(struct ks_channel *channel, struct ks_payload *payload);

/* Calls in flight. Posts; returns the call's slot. */
static inline int ks_channel_post(struct ks_channel *channel, const struct ks_payload *request)
{
	if (__builtin_expect(request->size > KS_LINE_BYTES, 0))
		return ks_channel_post_long(channel, request);
	return KS_CHANNEL_SEND(channel, ks_window_post_short(&channel->out, request));
}

/* The reply to one call, or to any: its slot. */
static inline int ks_channel_collect(struct ks_channel *channel, ks_u32 slot,
				     struct ks_payload *reply)
{
	return KS_CHANNEL_RECEIVE(channel, ks_window_collect(&channel->out, slot, reply));
}

static inline int ks_channel_collect_any(struct ks_channel *channel, struct ks_payload *reply,
					 bool thorough)
{
	int slot;

	if (ks_window_receive_short(&channel->out, channel->out.busy, reply, &slot))
		return slot;
	return ks_channel_collect_long(channel, reply, thorough);
}

/* The peer's next call, and its answer. */
static inline int ks_channel_take(struct ks_channel *channel, struct ks_payload *request,
				  bool thorough)
{
	int slot;

	if (ks_window_receive_short(&channel->in, ks_window_free(&channel->in), request, &slot))
		return slot;
	return ks_channel_take_long(channel, request, thorough);
}

static inline int ks_channel_reply(struct ks_channel *channel, ks_u32 slot,
				   const struct ks_payload *reply)
{
	if (__builtin_expect(reply->size > KS_LINE_BYTES, 0))
		return ks_channel_reply_long(channel, slot, reply);
	return KS_CHANNEL_SEND(channel, ks_window_reply_short(&channel->in, slot, reply));
}

/* The peer's synchronous call, and its answer. */
static inline int ks_channel_serve(struct ks_channel *channel, struct ks_payload *request)
{
	return KS_CHANNEL_RECEIVE(channel, ks_mailbox_take(&channel->serve, request));
}

static inline int ks_channel_answer(struct ks_channel *channel, const struct ks_payload *reply)
{
	return KS_CHANNEL_SEND(channel, ks_mailbox_reply(&channel->serve, reply));
}

/* One way. */
static inline int ks_channel_push(struct ks_channel *channel, const struct ks_payload *payload)
{
	if (!ks_channel_state(channel) && ks_ring_push_short(&channel->send, payload))
		return 0;
	return ks_channel_push_long(channel, payload);
}

/* Flushes when it tells the producer that there is room. */
static inline int ks_channel_pop(struct ks_channel *channel, struct ks_payload *payload)
{
	return ks_ring_pop_short(&channel->receive, payload) ?
		       0 :
		       ks_channel_pop_long(channel, payload);
}

/* ---- the synchronous call ---- */

struct ks_channel_reply_poll {
	struct ks_channel *channel;
	struct ks_payload *reply;
};

static inline int ks_channel_poll_reply(void *context, bool thorough)
{
	struct ks_channel_reply_poll *poll = (struct ks_channel_reply_poll *)context;

	(void)thorough;
	return ks_mailbox_collect(&poll->channel->call, poll->reply);
}

/* Waits for the reply to the call that ks_channel_call() left with -ETIMEDOUT. */
static inline __attribute__((always_inline)) int
ks_channel_await(struct ks_channel *channel, struct ks_payload *reply, const struct ks_wait *how)
{
	struct ks_channel_reply_poll poll = { channel, reply };
	int error = ks_channel_wait(channel, how, ks_channel_poll_reply, &poll);

	return __builtin_expect(error, 0) ? ks_channel_received(channel, 0, error) : 0;
}

/*
 * Sends a request and waits for its reply. -EBUSY: an earlier one, which timed out, is still
 * under way. `request` and `reply` may be the same.
 */
static inline __attribute__((always_inline)) int ks_channel_call(struct ks_channel *channel,
								 const struct ks_payload *request,
								 struct ks_payload *reply,
								 const struct ks_wait *how)
{
	int error = KS_CHANNEL_SEND(channel, ks_mailbox_post(&channel->call, request));

	if (error)
		return error;
	ks_channel_flush(channel);
	return ks_channel_await(channel, reply, how);
}

#ifdef __cplusplus
}
#endif

#endif
