/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A mailbox: a call and its reply in one cache line.
 *
 * The line is a token. The caller writes its request and passes the line over
 * by its head; the server answers in the same place and passes it back. So a
 * call costs two transfers of one line, which is the least there can be. What
 * does not fit continues in the mailbox's tail, shared memory that goes with
 * the line.
 *
 * The head is one 64-bit word, sequence, tag and size together, read once. A
 * mailbox's sequence counts its passings: odd is the server's turn. Each end
 * keeps the last head privately, so it knows the only two values that may be
 * there: that one, or one with the next sequence. Anything else is -EPROTO.
 *
 * The peer is hostile: it may write anything to the line and the tail at any
 * time. What it sends is copied once, with sizes checked before, and parsed from
 * the copy. A peer that changes a payload while it is copied gets it read torn, which
 * it could have sent as well.
 *
 * No function here sleeps, waits or allocates. One end is used by one thread
 * at a time.
 */
#ifndef KS_MAILBOX_H
#define KS_MAILBOX_H

#include "ks-rt/channel/order.h"
#include "ks-rt/rt.h"

#define KS_LINE_SIZE 64
#define KS_LINE_WORDS 7
#define KS_LINE_BYTES (8 * KS_LINE_WORDS)   /* of a payload, within the line */
#define KS_TAIL_MAX (65535 - KS_LINE_BYTES) /* sizes are 16 bits */

struct ks_line {
	ks_u64 head;
	ks_u64 words[KS_LINE_WORDS];
} __attribute__((aligned(KS_LINE_SIZE)));

/*
 * What crosses: a tag, which means what the ends agree on, and bytes. `data`
 * is private memory of whoever sends or receives; it is read and written in
 * whole words, but nothing of a sender's past its size is sent, and what a
 * receiver finds between size and the end of the word is the peer's choice.
 */
struct ks_payload {
	ks_u64 *data;
	ks_u32 capacity; /* of data, to receive; in bytes, at least KS_LINE_BYTES */
	ks_u32 size;
	ks_u16 tag;
};

/* One end of a mailbox. Private: the peer has no access. */
struct ks_mailbox {
	struct ks_line *line; /* shared */
	ks_u8 *tail;	      /* shared */
	ks_u64 last;	      /* the head that this end wrote or accepted last */
	ks_u16 tail_size;     /* bytes */
};

static inline ks_u64 ks_head(ks_u32 sequence, ks_u16 tag, ks_u16 size)
{
	return (ks_u64)sequence << 32 | (ks_u32)tag << 16 | size;
}

static inline ks_u32 ks_head_sequence(ks_u64 head)
{
	return (ks_u32)(head >> 32);
}

/*
 * Accesses of payloads are volatile: once each, whatever the compiler would like, since
 * the peer may be writing. They are not atomic: they need not be, and so a
 * thread sanitizer sees a missing ordering as a race.
 */
static inline ks_u64 ks_word_read(const ks_u64 *word)
{
	return *(const volatile ks_u64 *)word;
}

static inline void ks_word_write(ks_u64 *word, ks_u64 value)
{
	*(volatile ks_u64 *)word = value;
}

/* Whether a payload may be sent where there is a tail of that size. */
static inline bool ks_payload_fits(const struct ks_payload *payload, ks_u16 tail_size)
{
	return payload->size <= (ks_u32)KS_LINE_BYTES + tail_size;
}

/* The last bytes of a payload that does not end with a word, the rest of their word zero. */
static inline ks_u64 ks_payload_end(const struct ks_payload *payload)
{
	return payload->data[payload->size / 8] & ~(~(ks_u64)0 << 8 * (payload->size % 8));
}

/*
 * KS_WORD(0) to KS_WORD(6) in turn, until one breaks. Written out, since what a compiler unrolls
 * itself comes too late for it to keep a small payload in registers; and stores are dear here:
 * those that are private queue up behind those that wait for a line.
 */
#define KS_WORDS                                                                             \
	do {                                                                                 \
		KS_WORD(0) KS_WORD(1) KS_WORD(2) KS_WORD(3) KS_WORD(4) KS_WORD(5) KS_WORD(6) \
	} while (0)

/* Writes what of a payload is in the line; its head comes after. Padding of the last word is zero. */
static inline __attribute__((always_inline)) void ks_line_write(struct ks_line *line,
								const struct ks_payload *payload)
{
	ks_u32 size = payload->size;

#define KS_WORD(i)              \
	if (size < 8 * (i) + 8) \
		break;          \
	ks_word_write(&line->words[i], payload->data[i]);
	KS_WORDS;
#undef KS_WORD
	if (size < KS_LINE_BYTES && size % 8)
		ks_word_write(&line->words[size / 8], ks_payload_end(payload));
}

/* And what is in its tail. */
static inline void ks_tail_write(ks_u8 *tail, const struct ks_payload *payload)
{
	if (payload->size > KS_LINE_BYTES)
		memcpy(tail, payload->data + KS_LINE_WORDS, payload->size - KS_LINE_BYTES);
}

/*
 * Copies what of the payload that `head` announces is in the tail. -EPROTO if there cannot be so
 * much, -EMSGSIZE if `payload` has no room: payload->size says how much it takes.
 */
static inline int ks_tail_read(const ks_u8 *tail, ks_u16 tail_size, ks_u64 head,
			       struct ks_payload *payload)
{
	ks_u32 size = (ks_u16)head;

	if (size <= KS_LINE_BYTES)
		return 0;
	if (size > (ks_u32)KS_LINE_BYTES + tail_size)
		return -EPROTO;
	payload->size = size;
	if (size > payload->capacity)
		return -EMSGSIZE;
	memcpy(payload->data + KS_LINE_WORDS, tail, size - KS_LINE_BYTES);
	/* The copy is what counts from here on: the compiler may not look at the tail again. */
	__asm__ volatile("" : : : "memory");
	return 0;
}

/* Copies what is in the line. */
static inline __attribute__((always_inline)) void
ks_line_read(const struct ks_line *line, ks_u64 head, struct ks_payload *payload)
{
	ks_u32 size = (ks_u16)head;

#define KS_WORD(i)           \
	if (size <= 8 * (i)) \
		break;       \
	payload->data[i] = ks_word_read(&line->words[i]);
	KS_WORDS;
#undef KS_WORD
	payload->size = size;
	payload->tag = (ks_u16)(head >> 16);
}

static inline void ks_mailbox_init(struct ks_mailbox *mailbox, struct ks_line *line, ks_u8 *tail,
				   ks_u16 tail_size)
{
	mailbox->line = line;
	mailbox->tail = tail;
	mailbox->tail_size = tail_size;
	mailbox->last = 0;
}

/* Whether it is the server's turn, as far as this end knows: a call is under way. */
static inline bool ks_mailbox_busy(const struct ks_mailbox *mailbox)
{
	return ks_head_sequence(mailbox->last) & 1;
}

/* Whether there is something to receive, sense or nonsense. */
static inline bool ks_mailbox_ready(const struct ks_mailbox *mailbox)
{
	return __atomic_load_n(&mailbox->line->head, KS_RECEIVE_ACQUIRE) != mailbox->last;
}

/*
 * For a payload of at most a line, which is what is likely: no call is in what is inlined, so it
 * costs its users no registers, and the stack none of the stores that queue up.
 */
static inline __attribute__((always_inline)) void
ks_mailbox_pass_short(struct ks_mailbox *mailbox, const struct ks_payload *payload)
{
	mailbox->last =
		ks_head(ks_head_sequence(mailbox->last) + 1, payload->tag, (ks_u16)payload->size);
	ks_line_write(mailbox->line, payload);
	__atomic_store_n(&mailbox->line->head, mailbox->last, KS_POST_RELEASE);
}

/* The same for what is received. False, and nothing was done, if that is nothing, long or nonsense. */
static inline __attribute__((always_inline)) bool
ks_mailbox_receive_short(struct ks_mailbox *mailbox, struct ks_payload *payload)
{
	ks_u64 head = __atomic_load_n(&mailbox->line->head, KS_RECEIVE_ACQUIRE);

	if (__builtin_expect(ks_head_sequence(head) != ks_head_sequence(mailbox->last) + 1 ||
				     (ks_u16)head > KS_LINE_BYTES,
			     0))
		return false;
	ks_line_read(mailbox->line, head, payload);
	mailbox->last = head;
	return true;
}

static inline __attribute__((always_inline)) int ks_mailbox_pass(struct ks_mailbox *mailbox,
								 const struct ks_payload *payload)
{
	if (!ks_payload_fits(payload, mailbox->tail_size))
		return -EMSGSIZE;
	ks_tail_write(mailbox->tail, payload);
	ks_mailbox_pass_short(mailbox, payload);
	return 0;
}

static inline __attribute__((always_inline)) int ks_mailbox_receive(struct ks_mailbox *mailbox,
								    struct ks_payload *payload)
{
	ks_u64 head = __atomic_load_n(&mailbox->line->head, KS_RECEIVE_ACQUIRE);
	int error;

	if (head == mailbox->last)
		return -EAGAIN;
	if (ks_head_sequence(head) != ks_head_sequence(mailbox->last) + 1)
		return -EPROTO;
	error = ks_tail_read(mailbox->tail, mailbox->tail_size, head, payload);
	if (error)
		return error;
	ks_line_read(mailbox->line, head, payload);
	mailbox->last = head;
	return 0;
}

/* ---- the caller's end ---- */

/* Sends a request. -EBUSY: one is under way; -EMSGSIZE: too long. */
static inline int ks_mailbox_post(struct ks_mailbox *mailbox, const struct ks_payload *request)
{
	return ks_mailbox_busy(mailbox) ? -EBUSY : ks_mailbox_pass(mailbox, request);
}

/* The reply. -EAGAIN: none yet; -ENOENT: no call is under way; -EPROTO, -EMSGSIZE. */
static inline int ks_mailbox_collect(struct ks_mailbox *mailbox, struct ks_payload *reply)
{
	return ks_mailbox_busy(mailbox) ? ks_mailbox_receive(mailbox, reply) : -ENOENT;
}

/* ---- the server's end ---- */

/* The next request. -EAGAIN: none; -EBUSY: the last one is not answered; -EPROTO, -EMSGSIZE. */
static inline int ks_mailbox_take(struct ks_mailbox *mailbox, struct ks_payload *request)
{
	return ks_mailbox_busy(mailbox) ? -EBUSY : ks_mailbox_receive(mailbox, request);
}

/* Answers it. -EINVAL: there is none to answer; -EMSGSIZE: too long, not answered. */
static inline int ks_mailbox_reply(struct ks_mailbox *mailbox, const struct ks_payload *reply)
{
	return ks_mailbox_busy(mailbox) ? ks_mailbox_pass(mailbox, reply) : -EINVAL;
}

#endif
