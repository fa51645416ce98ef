// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Channels: where things lie in shared memory, the long part of waiting, and
 * ending.
 */
#include "ks-rt/channel/channel.h"

#define KS_PAGE 4096

/* ---- layout ---- */

/* Memory being given out, from offset 0 up; with no base only its size is found. */
struct ks_layout {
	ks_u8 *base;
	size_t used;
};

static void *ks_layout_take(struct ks_layout *layout, size_t size, size_t align)
{
	size_t from = ks_align(layout->used, align);

	layout->used = from + size;
	return layout->base ? layout->base + from : NULL;
}

static bool ks_power_of_two(ks_u32 n)
{
	return n && !(n & (n - 1));
}

/* The limits keep every size far from where it would wrap. */
static bool ks_shape_valid(const struct ks_channel_shape *shape)
{
	return ks_power_of_two(shape->slots) && shape->slots <= KS_WINDOW_MAX &&
	       ks_power_of_two(shape->ring_slots) && shape->ring_slots <= KS_RING_MAX &&
	       shape->call_tail <= KS_TAIL_MAX && shape->call_tail % KS_LINE_SIZE == 0 &&
	       shape->ring_tail <= KS_TAIL_MAX && shape->ring_tail % KS_LINE_SIZE == 0;
}

/* Where the parts of a direction lie. */
struct ks_direction {
	struct ks_line *mailbox, *slots, *ring;
	ks_u8 *mailbox_tail, *slot_tails, *ring_tails;
};

struct ks_map {
	struct ks_channel_end *ends;
	struct ks_direction directions[2]; /* by who calls or produces */
};

/* Lines first, then tails, which start a page. A mailbox has the line beside it to itself. */
static void ks_map_make(struct ks_map *map, struct ks_layout *layout,
			const struct ks_channel_shape *shape)
{
	struct ks_direction *direction;
	int i;

	map->ends = ks_layout_take(layout, 2 * sizeof(*map->ends), KS_PAGE);
	for (i = 0; i < 2; i++) {
		direction = &map->directions[i];
		direction->mailbox = ks_layout_take(layout, KS_LINE_SIZE, 2 * KS_LINE_SIZE);
		direction->slots = ks_layout_take(layout, (size_t)shape->slots * KS_LINE_SIZE,
						  2 * KS_LINE_SIZE);
		direction->ring = ks_layout_take(layout, (size_t)shape->ring_slots * KS_LINE_SIZE,
						 2 * KS_LINE_SIZE);
	}
	for (i = 0; i < 2; i++) {
		direction = &map->directions[i];
		direction->mailbox_tail = ks_layout_take(layout, shape->call_tail, KS_PAGE);
		direction->slot_tails = ks_layout_take(
			layout, (size_t)shape->slots * shape->call_tail, KS_LINE_SIZE);
		direction->ring_tails = ks_layout_take(
			layout, (size_t)shape->ring_slots * shape->ring_tail, KS_LINE_SIZE);
	}
	layout->used = ks_align(layout->used, KS_PAGE);
}

size_t ks_channel_size(const struct ks_channel_shape *shape)
{
	struct ks_layout layout = { NULL, 0 };
	struct ks_map map;

	if (!ks_shape_valid(shape))
		return 0;
	ks_map_make(&map, &layout, shape);
	return layout.used;
}

static void ks_window_make(struct ks_window *window, struct ks_mailbox *slots,
			   const struct ks_direction *direction,
			   const struct ks_channel_shape *shape)
{
	ks_u32 i;

	for (i = 0; i < shape->slots; i++)
		ks_mailbox_init(&slots[i], &direction->slots[i],
				direction->slot_tails + (size_t)i * shape->call_tail,
				(ks_u16)shape->call_tail);
	ks_window_init(window, slots, shape->slots);
}

int ks_channel_init(struct ks_channel *channel, void *memory, const struct ks_channel_shape *shape,
		    int end)
{
	struct ks_layout layout = { memory, 0 };
	struct ks_direction *mine, *theirs;
	struct ks_map map;

	if (!ks_shape_valid(shape) || !memory || (unsigned long)memory % KS_PAGE ||
	    (end != 0 && end != 1))
		return -EINVAL;
	ks_map_make(&map, &layout, shape);
	mine = &map.directions[end];
	theirs = &map.directions[!end];
	channel->error = 0;
	channel->sleeps = shape->sleeps;
	channel->mine = &map.ends[end];
	channel->theirs = &map.ends[!end];
	channel->my_bell = &channel->mine->bell;
	channel->their_bell = &channel->theirs->bell;
	ks_mailbox_init(&channel->call, mine->mailbox, mine->mailbox_tail,
			(ks_u16)shape->call_tail);
	ks_mailbox_init(&channel->serve, theirs->mailbox, theirs->mailbox_tail,
			(ks_u16)shape->call_tail);
	ks_window_make(&channel->out, channel->out_slots, mine, shape);
	ks_window_make(&channel->in, channel->in_slots, theirs, shape);
	ks_ring_init(&channel->send, mine->ring, mine->ring_tails, (ks_u16)shape->ring_tail,
		     &channel->theirs->freed, shape->ring_slots);
	ks_ring_init(&channel->receive, theirs->ring, theirs->ring_tails, (ks_u16)shape->ring_tail,
		     &channel->mine->freed, shape->ring_slots);
	return 0;
}

/* ---- ending ---- */

/* The bell's store comes before the wake: a sleeper that comes between finds it silent. */
static void ks_bell_ring(ks_u32 *bell)
{
	ks_store(bell, 0);
	ks_os_wake(bell);
}

void ks_channel_wake(struct ks_channel *channel)
{
	ks_bell_ring(channel->their_bell);
}

void ks_channel_stop(struct ks_channel *channel, int error)
{
	int open = 0;

	/* Pairs with KS_STOPPED_ACQUIRE in ks_channel_state(), for this end's own thread. */
	if (!__atomic_compare_exchange_n(&channel->error, &open, error, false, KS_STOP_RELEASE,
					 __ATOMIC_RELAXED))
		return;
	/* Pairs with KS_CLOSED_ACQUIRE in ks_channel_state(), for the peer. */
	__atomic_store_n(&channel->mine->closed, 1, KS_CLOSE_RELEASE);
	if (!channel->sleeps)
		return;
	/* Pairs with KS_SLEEP_FENCE. The bells are not looked at: the peer may have written to them. */
	ks_fence(KS_RING_FENCE);
	ks_bell_ring(channel->their_bell);
	ks_bell_ring(channel->my_bell);
}

int ks_channel_received(struct ks_channel *channel, int state, int error)
{
	if (error == -EAGAIN)
		error = state;
	if (error == -EPROTO || error == -EPIPE)
		ks_channel_stop(channel, error);
	return error ? error : -EAGAIN;
}

/* ---- calls in flight and what goes one way, the long way ---- */

int ks_channel_post_long(struct ks_channel *channel, const struct ks_payload *request)
{
	return KS_CHANNEL_SEND(channel, ks_window_post(&channel->out, request));
}

int ks_channel_collect_long(struct ks_channel *channel, struct ks_payload *reply, bool thorough)
{
	return KS_CHANNEL_RECEIVE(channel, ks_window_collect_any(&channel->out, reply, thorough));
}

int ks_channel_take_long(struct ks_channel *channel, struct ks_payload *request, bool thorough)
{
	return KS_CHANNEL_RECEIVE(channel, ks_window_take(&channel->in, request, thorough));
}

int ks_channel_reply_long(struct ks_channel *channel, ks_u32 slot, const struct ks_payload *reply)
{
	return KS_CHANNEL_SEND(channel, ks_window_reply(&channel->in, slot, reply));
}

int ks_channel_push_long(struct ks_channel *channel, const struct ks_payload *payload)
{
	return KS_CHANNEL_SEND(channel, ks_ring_push(&channel->send, payload));
}

int ks_channel_pop_long(struct ks_channel *channel, struct ks_payload *payload)
{
	ks_u64 told = channel->receive.known;
	int error = KS_CHANNEL_RECEIVE(channel, ks_ring_pop(&channel->receive, payload));

	if (channel->receive.known != told)
		ks_channel_flush(channel);
	return error;
}

/* ---- waiting ---- */

/* One look, and what to make of finding nothing: -EAGAIN only if something may still come. */
static int ks_wait_look(struct ks_channel *channel, ks_poll *poll, void *context)
{
	int state = ks_channel_state(channel);
	int error = poll(context, true);

	return error == -EAGAIN && state ? state : error;
}

static int ks_wait_sleep(struct ks_channel *channel, ks_u64 limit, ks_poll *poll, void *context)
{
	ks_u32 *bell = channel->my_bell;
	int error;

	ks_store(bell, 1);
	/* Pairs with KS_RING_FENCE: either this look finds what was sent, or the sender the bell. */
	ks_fence(KS_SLEEP_FENCE);
	error = ks_wait_look(channel, poll, context);
	if (error == -EAGAIN)
		ks_os_sleep(bell, 1, limit);
	ks_store(bell, 0);
	return error;
}

struct ks_waiting {
	const struct ks_wait *how;
	ks_u64 end; /* by ks_os_now(); 0: none */
	ks_u64 rounds;
};

/* Whether to give up, which takes long to find out: the time, and the policy's check. */
static int ks_wait_check(struct ks_waiting *waiting, struct ks_channel *channel)
{
	const struct ks_wait *how = waiting->how;
	ks_u64 now;
	int error;

	if (how->check) {
		error = how->check(how->context);
		if (error) {
			ks_channel_stop(channel, error);
			return 0; /* one more look, which finds what was sent, or the channel ended */
		}
	}
	if (!how->timeout)
		return 0;
	now = ks_os_now();
	if (!waiting->end)
		waiting->end = now + how->timeout;
	return now >= waiting->end ? -ETIMEDOUT : 0;
}

static ks_u64 ks_wait_nap(const struct ks_wait *how)
{
	ks_u64 nap = how->nap ? how->nap : KS_NAP;

	return how->timeout && how->timeout < nap ? how->timeout : nap;
}

int ks_channel_wait_on(struct ks_channel *channel, const struct ks_wait *how, ks_poll *poll,
		       void *context)
{
	struct ks_waiting waiting = { how, 0, 0 };
	ks_u64 sleeps_after = channel->sleeps && how->sleeps ? (ks_u64)how->spins + how->yields :
							       ~(ks_u64)0;
	int error;

	for (;; waiting.rounds++) {
		error = ks_wait_look(channel, poll, context);
		if (error != -EAGAIN)
			return error;
		if (waiting.rounds >= sleeps_after) {
			error = ks_wait_sleep(channel, ks_wait_nap(how), poll, context);
			if (error != -EAGAIN)
				return error;
		} else if (waiting.rounds >= how->spins && how->yields) {
			ks_os_yield();
		} else {
			ks_cpu_relax();
		}
		if (waiting.rounds >= sleeps_after ||
		    waiting.rounds % (waiting.rounds < how->spins ? 1024 : 64) == 0) {
			error = ks_wait_check(&waiting, channel);
			if (error)
				return error;
		}
	}
}
