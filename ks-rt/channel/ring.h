/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A ring: one-way payloads, many of them in flight.
 *
 * A slot is a line, its head's sequence the lap. So the consumer sees a
 * payload by looking at the payload alone, and reads each line once: it writes
 * nothing back but, every quarter of a lap and when it finds the ring empty,
 * how far it has come. The producer looks at that only when it seems to be a whole lap
 * ahead. In a deep ring, lines thus move in one direction and many at a time.
 *
 * As with mailboxes the peer is hostile and nothing waits. A payload that is longer
 * than a line continues in its slot's tail.
 */
#ifndef KS_RING_H
#define KS_RING_H

#include "ks-rt/channel/mailbox.h"

/* One end of a ring; private. */
struct ks_ring {
	struct ks_line *lines; /* shared */
	ks_u8 *tails;	       /* shared, tail_size bytes a slot */
	ks_u32 *freed;	       /* shared: payloads read, as the consumer tells */
	ks_u16 tail_size;
	ks_u32 mask;	 /* slots - 1; slots are a power of two */
	ks_u32 shift;	 /* its logarithm */
	ks_u64 position; /* payloads pushed or popped */
	ks_u64 known;	 /* of *freed: last seen, or last told */
};

static inline void ks_ring_init(struct ks_ring *ring, struct ks_line *lines, ks_u8 *tails,
				ks_u16 tail_size, ks_u32 *freed, ks_u32 slots)
{
	ring->lines = lines;
	ring->tails = tails;
	ring->tail_size = tail_size;
	ring->freed = freed;
	ring->mask = slots - 1;
	ring->shift = (ks_u32)__builtin_ctz(slots);
	ring->position = 0;
	ring->known = 0;
}

/* The sequence of the payload at `position`: its lap, from 1. The memory starts as zero. */
static inline ks_u32 ks_ring_sequence(const struct ks_ring *ring, ks_u64 position)
{
	return (ks_u32)(position >> ring->shift) + 1;
}

/* ---- the producer's end ---- */

/* How many slots the consumer has freed, checked. -EPROTO if that cannot be. */
static inline int ks_ring_refresh(struct ks_ring *ring)
{
	/* Pairs with KS_FREE_RELEASE: the slots were read before they are written again. */
	ks_u32 advance = __atomic_load_n(ring->freed, KS_FREE_ACQUIRE) - (ks_u32)ring->known;

	if (advance > ring->position - ring->known)
		return -EPROTO;
	ring->known += advance;
	return 0;
}

/* Whether it looks full, from what was last known. */
static inline bool ks_ring_looks_full(const struct ks_ring *ring)
{
	return ring->position - ring->known > ring->mask;
}

/* The next slot's line and head; its tail, if any, is written. */
static inline __attribute__((always_inline)) void ks_ring_send(struct ks_ring *ring,
							       const struct ks_payload *payload)
{
	struct ks_line *line = &ring->lines[ring->position & ring->mask];

	ks_line_write(line, payload);
	/* Pairs with KS_POP_ACQUIRE: who sees the head sees the payload. */
	__atomic_store_n(&line->head,
			 ks_head(ks_ring_sequence(ring, ring->position), payload->tag,
				 (ks_u16)payload->size),
			 KS_PUSH_RELEASE);
	ring->position++;
}

/* Sends a payload. -EAGAIN: full; -EMSGSIZE: too long; -EPROTO. */
static inline int ks_ring_push(struct ks_ring *ring, const struct ks_payload *payload)
{
	ks_u32 slot = (ks_u32)ring->position & ring->mask;
	int error;

	if (!ks_payload_fits(payload, ring->tail_size))
		return -EMSGSIZE;
	if (ks_ring_looks_full(ring)) {
		error = ks_ring_refresh(ring);
		if (error)
			return error;
		if (ks_ring_looks_full(ring))
			return -EAGAIN;
	}
	ks_tail_write(ring->tails + (size_t)slot * ring->tail_size, payload);
	ks_ring_send(ring, payload);
	return 0;
}

/* The same for what is likely (see mailbox.h): a payload of a line, and room. False: nothing was done. */
static inline __attribute__((always_inline)) bool
ks_ring_push_short(struct ks_ring *ring, const struct ks_payload *payload)
{
	if (__builtin_expect(payload->size > KS_LINE_BYTES || ks_ring_looks_full(ring), 0))
		return false;
	ks_ring_send(ring, payload);
	return true;
}

/* Sends payloads until one is refused. How many were sent; if none, why. */
static inline int ks_ring_push_many(struct ks_ring *ring, const struct ks_payload *payloads,
				    int count)
{
	int i, error = 0;

	for (i = 0; i < count; i++) {
		error = ks_ring_push(ring, &payloads[i]);
		if (error)
			break;
	}
	return i ? i : error;
}

/* ---- the consumer's end ---- */

/* Whether there is something to pop, sense or nonsense. */
static inline bool ks_ring_ready(const struct ks_ring *ring)
{
	ks_u64 head =
		__atomic_load_n(&ring->lines[ring->position & ring->mask].head, KS_POP_ACQUIRE);

	return ks_head_sequence(head) != ks_ring_sequence(ring, ring->position) - 1;
}

/* Tells the producer how far this end has come. False if it knows. */
static inline bool ks_ring_tell(struct ks_ring *ring)
{
	if (ring->known == ring->position)
		return false;
	ring->known = ring->position;
	/* Pairs with KS_FREE_ACQUIRE: whoever writes these slots does so after they were read. */
	__atomic_store_n(ring->freed, (ks_u32)ring->position, KS_FREE_RELEASE);
	return true;
}

/* The next payload. -EAGAIN: empty; -EPROTO, -EMSGSIZE. */
static inline int ks_ring_pop(struct ks_ring *ring, struct ks_payload *payload)
{
	ks_u32 slot = (ks_u32)ring->position & ring->mask;
	ks_u32 sequence = ks_ring_sequence(ring, ring->position);
	/* Pairs with KS_PUSH_RELEASE. */
	ks_u64 head = __atomic_load_n(&ring->lines[slot].head, KS_POP_ACQUIRE);
	int error;

	if (ks_head_sequence(head) != sequence) {
		if (ks_head_sequence(head) != sequence - 1)
			return -EPROTO;
		ks_ring_tell(ring);
		return -EAGAIN;
	}
	error = ks_tail_read(ring->tails + (size_t)slot * ring->tail_size, ring->tail_size, head,
			     payload);
	if (error)
		return error;
	ks_line_read(&ring->lines[slot], head, payload);
	ring->position++;
	if (ring->position - ring->known > ring->mask >> 2)
		ks_ring_tell(ring);
	return 0;
}

/* The same for what is likely: a payload of a line, and nothing to tell. False: nothing was done. */
static inline __attribute__((always_inline)) bool ks_ring_pop_short(struct ks_ring *ring,
								    struct ks_payload *payload)
{
	const struct ks_line *line = &ring->lines[ring->position & ring->mask];
	/* Pairs with KS_PUSH_RELEASE. */
	ks_u64 head = __atomic_load_n(&line->head, KS_POP_ACQUIRE);

	if (__builtin_expect(ks_head_sequence(head) != ks_ring_sequence(ring, ring->position) ||
				     (ks_u16)head > KS_LINE_BYTES ||
				     ring->position - ring->known >= ring->mask >> 2,
			     0))
		return false;
	ks_line_read(line, head, payload);
	ring->position++;
	return true;
}

#endif
