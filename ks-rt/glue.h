/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What all generated glue has in common: inline helpers over rt.h, nothing to
 * link. The macros work on the parameters that every generated put and get
 * function has: ks_message, ks_home, ks_wire (its part of the message), self
 * (the object) and ks_twin (its last synchronised state; NULL where none is kept).
 *
 * Counts of pointed-to parts cross as n + 1; 0 is a NULL pointer.
 */
#ifndef KS_GLUE_H
#define KS_GLUE_H

#include "ks-rt/rt.h"

#ifndef KS_DEPTH
#define KS_DEPTH 8 /* objects behind pointers behind pointers, at most */
#endif
#define KS_EXTRA_MAX (256u << 10) /* bytes of an object beyond its struct, at most */

typedef void (*ks_code)(void);

/* F(n) for each of the KS_OPERATION_FUNCTIONS handles of an operation, with a name for it. */
#define KS_EIGHT(F, n) F(n##0) F(n##1) F(n##2) F(n##3) F(n##4) F(n##5) F(n##6) F(n##7)
#define KS_EACH_FUNCTION(F) \
	KS_EIGHT(F, 1)      \
	KS_EIGHT(F, 2)      \
	KS_EIGHT(F, 3) KS_EIGHT(F, 4) KS_EIGHT(F, 5) KS_EIGHT(F, 6) KS_EIGHT(F, 7) KS_EIGHT(F, 8)

/* The type of a field, without an object at hand. */
#define KS_FIELD(type, field) __typeof__(((type *)0)->field)

/* A scalar's slot must be no pointer and no struct in disguise. */
#define KS_IS_POINTER(x)                    \
	(__builtin_classify_type(x) == 5 && \
	 __builtin_types_compatible_p(__typeof__(x), __typeof__((x) + 0)))
#define KS_IS_SCALAR(x) (__builtin_classify_type(x) != 5 && __builtin_classify_type(x) < 12)
#define KS_ASSERT_SCALAR(type, field) \
	_Static_assert(KS_IS_SCALAR(((type *)0)->field), #type "." #field " is no scalar")
#define KS_ASSERT_ARRAY(type, field)                          \
	_Static_assert(!KS_IS_POINTER(((type *)0)->field[0]), \
		       #type "." #field " is no array of scalars")

#define KS_SAME(a, b) (!__builtin_memcmp((const void *)&(a), (const void *)&(b), sizeof(a)))
#define KS_COPY(to, from)                                                           \
	do {                                                                        \
		_Static_assert(sizeof(to) == sizeof(from), "sizes differ");         \
		__builtin_memcpy((void *)&(to), (const void *)&(from), sizeof(to)); \
	} while (0)

/* Objects may lie in read-only memory, and others may be looking: what is there already is not written. */
#define KS_UPDATE(to, from)                \
	do {                               \
		if (!KS_SAME(to, from))    \
			KS_COPY(to, from); \
	} while (0)

/* A bool holds 0 or 1 and nothing else. */
#define KS_BAD_BOOL(slot) \
	(__builtin_types_compatible_p(__typeof__(slot), bool) && *(const ks_u8 *)&(slot) > 1)
#define KS_DIFFERS(a, b) __builtin_memcmp((const void *)&(a), (const void *)&(b), sizeof(a))

/* A variable of the kernel's at the driver's end, unless it has been changed there since. */
#define KS_MERGE_GLOBAL(own, synced, value)   \
	do {                                  \
		if (!KS_DIFFERS(own, synced)) \
			KS_COPY(own, value);  \
		KS_COPY(synced, value);       \
	} while (0)

#define KS_CHECK_BOOL(slot)                                              \
	do {                                                             \
		if (KS_BAD_BOOL(slot))                                   \
			ks_message_bad(ks_message, #slot " is no bool"); \
	} while (0)

/* ---- the kernel's objects while they are read or written ---- */

struct ks_look {
	bool looks;
	unsigned long state;
};

static inline void ks_look_end(struct ks_look *look)
{
	if (look->looks)
		ks_looked(look->state);
	look->looks = false;
}

static inline struct ks_look ks_look_if(bool looks)
{
	struct ks_look look = { looks, looks ? ks_look() : 0 };

	return look;
}

/* Until the block is left or ks_look_end(), if it looks: what is found here is not freed. */
#define KS_LOOK(looks) \
	struct ks_look ks_look_here __attribute__((cleanup(ks_look_end))) = ks_look_if(looks)

/* ---- which fields are in a message ---- */

#define KS_SET(bit) (ks_wire->ks_mask[(bit) / 64] |= 1ull << (bit) % 64)
#define KS_HAS(bit) (ks_wire->ks_mask[(bit) / 64] >> (bit) % 64 & 1)
/* Of a class: those that a clause names, or all of an object that the other end has not seen before. */
#define KS_WANTED(bit) (!ks_wanted || (ks_wanted[(bit) / 64] >> (bit) % 64 & 1))

/* What the other end has from now on. */
#define KS_REMEMBER(field)                                    \
	do {                                                  \
		if (ks_twin)                                  \
			KS_COPY(ks_twin->field, self->field); \
	} while (0)

/* The same of what was copied into the message: the field may have been changed since. */
#define KS_REMEMBER_SENT(field)                                  \
	do {                                                     \
		if (ks_twin)                                     \
			KS_COPY(ks_twin->field, ks_wire->field); \
	} while (0)

/* ---- numbers that both ends change ---- */

/*
 * An atomic step on a number of 1, 2, 4 or 8 bytes. Relaxed: what else a change of it may say is for
 * the message that carries it, and for locks.
 */
#define KS_ATOMIC(name, step)                                                       \
	static inline ks_u64 ks_atomic_##name(void *at, ks_u64 value, size_t size)  \
	{                                                                           \
		if (size == 1)                                                      \
			return step((ks_u8 *)at, (ks_u8)value, __ATOMIC_RELAXED);   \
		if (size == 2)                                                      \
			return step((ks_u16 *)at, (ks_u16)value, __ATOMIC_RELAXED); \
		if (size == 4)                                                      \
			return step((ks_u32 *)at, (ks_u32)value, __ATOMIC_RELAXED); \
		return step((ks_u64 *)at, value, __ATOMIC_RELAXED);                 \
	}
KS_ATOMIC(add, __atomic_fetch_add)
KS_ATOMIC(or, __atomic_fetch_or)
KS_ATOMIC(and, __atomic_fetch_and)
KS_ATOMIC(exchange, __atomic_exchange_n)

static inline ks_u64 ks_number_at(const void *at, size_t size)
{
	ks_u64 value = 0;

	__builtin_memcpy(&value, at, size);
	return value;
}

static inline ks_u64 ks_cut(ks_u64 value, size_t size)
{
	return value & ~0ull >> (64 - 8 * size);
}

/*
 * The driver's end: the object's twin is what the kernel's end has from here. What the object has
 * more is sent once, whoever sends it; what the kernel's comes to have is added on top of it.
 */
static inline ks_u64 ks_changed_by(const void *self, void *twin, size_t size)
{
	const ks_u64 now = ks_number_at(self, size);

	if (now == ks_number_at(twin, size))
		return 0;
	return ks_cut(now - ks_atomic_exchange(twin, now, size), size);
}

static inline void ks_take_sum(void *self, ks_u64 more, size_t size)
{
	if (more)
		ks_atomic_add(self, more, size);
}

static inline void ks_merge_sum(void *self, void *twin, ks_u64 value, size_t size)
{
	ks_take_sum(self, ks_cut(value - ks_atomic_exchange(twin, value, size), size), size);
}

/* Of numbers side by side: by how much each has changed. */
static inline bool ks_changes_by(const void *self, void *twin, void *more, size_t count,
				 size_t size)
{
	bool any = false;
	size_t n;

	for (n = 0; n < count; n++) {
		const ks_u64 by =
			ks_changed_by((const char *)self + n * size, (char *)twin + n * size, size);

		__builtin_memcpy((char *)more + n * size, &by, size);
		any |= by != 0;
	}
	return any;
}

/* The same of bits: those that were set, and those that were cleared. */
static inline ks_u64 ks_bits_changed(const void *self, void *twin, ks_u64 *set, size_t size)
{
	const ks_u64 now = ks_number_at(self, size);
	const ks_u64 last = now == ks_number_at(twin, size) ? now :
							      ks_atomic_exchange(twin, now, size);

	*set = now & ~last;
	return last & ~now;
}

static inline void ks_take_masks(void *self, ks_u64 set, ks_u64 clear, size_t size)
{
	if (set)
		ks_atomic_or(self, set, size);
	if (clear)
		ks_atomic_and(self, ~clear, size);
}

static inline bool ks_bits_changes(const void *self, void *twin, void *set, void *clear,
				   size_t count, size_t size)
{
	bool any = false;
	size_t n;

	for (n = 0; n < count; n++) {
		ks_u64 up = 0;
		const ks_u64 down = ks_bits_changed((const char *)self + n * size,
						    (char *)twin + n * size, &up, size);

		__builtin_memcpy((char *)set + n * size, &up, size);
		__builtin_memcpy((char *)clear + n * size, &down, size);
		any |= (up | down) != 0;
	}
	return any;
}

/* A bit that was changed here already has the other value, too. */
static inline void ks_merge_masks(void *self, void *twin, ks_u64 value, size_t size)
{
	const ks_u64 last = ks_atomic_exchange(twin, value, size);
	const ks_u64 theirs = (value ^ last) & ~(ks_number_at(self, size) ^ last);

	ks_take_masks(self, theirs & value, theirs & ~value, size);
}

#define KS_SIZE(field) sizeof(self->field)
/* The value itself, where no twin is kept. */
#define KS_SEND_WHOLE(bit, field)                     \
	do {                                          \
		KS_SET(bit);                          \
		KS_SET((bit) + 1);                    \
		KS_COPY(ks_wire->field, self->field); \
	} while (0)
#define KS_TAKE_WHOLE(field)                                     \
	do {                                                     \
		KS_UPDATE(self->field, ks_wire->field);          \
		if (ks_twin)                                     \
			KS_COPY(ks_twin->field, ks_wire->field); \
	} while (0)
#define KS_SEND_SUM(bit, field)                                                                  \
	do {                                                                                     \
		const ks_u64 ks_more =                                                           \
			ks_twin ? ks_changed_by(&self->field, &ks_twin->field, KS_SIZE(field)) : \
				  0;                                                             \
                                                                                                 \
		if (!ks_twin) {                                                                  \
			KS_SEND_WHOLE(bit, field);                                               \
		} else if (ks_more) {                                                            \
			KS_SET(bit);                                                             \
			__builtin_memcpy((void *)&ks_wire->field, &ks_more, KS_SIZE(field));     \
		}                                                                                \
	} while (0)
#define KS_SEND_MASKS(bit, field)                                                           \
	do {                                                                                \
		ks_u64 ks_set = 0, ks_clear = 0;                                            \
                                                                                            \
		if (ks_twin)                                                                \
			ks_clear = ks_bits_changed(&self->field, &ks_twin->field, &ks_set,  \
						   KS_SIZE(field));                         \
		if (!ks_twin) {                                                             \
			KS_SEND_WHOLE(bit, field);                                          \
		} else if (ks_set | ks_clear) {                                             \
			KS_SET(bit);                                                        \
			__builtin_memcpy((void *)&ks_wire->field, &ks_set, KS_SIZE(field)); \
			__builtin_memcpy((void *)&ks_wire->ks_clear_##field, &ks_clear,     \
					 KS_SIZE(field));                                   \
		}                                                                           \
	} while (0)
#define KS_MERGE_BY(merge, bit, field)                                                     \
	do {                                                                               \
		if (KS_HAS(bit) && ks_twin)                                                \
			merge((void *)&self->field, (void *)&ks_twin->field,               \
			      ks_number_at((const void *)&ks_wire->field, KS_SIZE(field)), \
			      KS_SIZE(field));                                             \
		else if (KS_HAS(bit))                                                      \
			KS_UPDATE(self->field, ks_wire->field);                            \
	} while (0)
#define KS_MERGE_SUM(bit, field) KS_MERGE_BY(ks_merge_sum, bit, field)
#define KS_MERGE_MASKS(bit, field) KS_MERGE_BY(ks_merge_masks, bit, field)

/*
 * The kernel's end does not note in its twin what it has added: the driver's end may have missed what
 * crossed meanwhile, and is told the sum.
 */
#define KS_TAKE_SUM(bit, field)                                                           \
	do {                                                                              \
		if (KS_HAS(bit) && ks_apply && !ks_message->error) {                      \
			if (KS_HAS((bit) + 1))                                            \
				KS_TAKE_WHOLE(field);                                     \
			else                                                              \
				ks_atomic_add((void *)&self->field,                       \
					      ks_number_at((const void *)&ks_wire->field, \
							   KS_SIZE(field)),               \
					      KS_SIZE(field));                            \
		}                                                                         \
	} while (0)
#define KS_TAKE_MASKS(bit, field)                                                              \
	do {                                                                                   \
		if (KS_HAS(bit) && ks_apply && !ks_message->error) {                           \
			if (KS_HAS((bit) + 1))                                                 \
				KS_TAKE_WHOLE(field);                                          \
			else                                                                   \
				ks_take_masks(                                                 \
					(void *)&self->field,                                  \
					ks_number_at((const void *)&ks_wire->field,            \
						     KS_SIZE(field)),                          \
					ks_number_at((const void *)&ks_wire->ks_clear_##field, \
						     KS_SIZE(field)),                          \
					KS_SIZE(field));                                       \
		}                                                                              \
	} while (0)

/* Numbers side by side, each of `size` bytes. The slot has as many as the field. */
#define KS_COUNT(field, size) (sizeof(self->field) / (size))
#define KS_NTH(field, size) ((char *)&(field) + ks_n * (size))
#define KS_EACH(field, size, step)                                                             \
	do {                                                                                   \
		size_t ks_n;                                                                   \
                                                                                               \
		_Static_assert(sizeof(ks_wire->field) == sizeof(self->field), "sizes differ"); \
		for (ks_n = 0; ks_n < KS_COUNT(field, size); ks_n++)                           \
			step;                                                                  \
	} while (0)
#define KS_SEND_SUMS(bit, field, size)                                                 \
	do {                                                                           \
		if (!ks_twin)                                                          \
			KS_SEND_WHOLE(bit, field);                                     \
		else if (ks_changes_by(&self->field, &ks_twin->field, &ks_wire->field, \
				       KS_COUNT(field, size), size))                   \
			KS_SET(bit);                                                   \
	} while (0)
#define KS_SEND_MASK_SETS(bit, field, size)                                                        \
	do {                                                                                       \
		if (!ks_twin)                                                                      \
			KS_SEND_WHOLE(bit, field);                                                 \
		else if (ks_bits_changes(&self->field, &ks_twin->field, &ks_wire->field,           \
					 &ks_wire->ks_clear_##field, KS_COUNT(field, size), size)) \
			KS_SET(bit);                                                               \
	} while (0)
#define KS_MERGE_EACH(merge, bit, field, size)                                                  \
	do {                                                                                    \
		if (KS_HAS(bit) && ks_twin)                                                     \
			KS_EACH(field, size,                                                    \
				merge(KS_NTH(self->field, size), KS_NTH(ks_twin->field, size),  \
				      ks_number_at(KS_NTH(ks_wire->field, size), size), size)); \
		else if (KS_HAS(bit))                                                           \
			KS_UPDATE(self->field, ks_wire->field);                                 \
	} while (0)
#define KS_MERGE_SUMS(bit, field, size) KS_MERGE_EACH(ks_merge_sum, bit, field, size)
#define KS_MERGE_MASK_SETS(bit, field, size) KS_MERGE_EACH(ks_merge_masks, bit, field, size)
#define KS_TAKE_EACH(bit, field, size, step)                         \
	do {                                                         \
		if (KS_HAS(bit) && ks_apply && !ks_message->error) { \
			if (KS_HAS((bit) + 1))                       \
				KS_TAKE_WHOLE(field);                \
			else                                         \
				KS_EACH(field, size, step);          \
		}                                                    \
	} while (0)
#define KS_TAKE_SUMS(bit, field, size)                      \
	KS_TAKE_EACH(bit, field, size,                      \
		     ks_take_sum(KS_NTH(self->field, size), \
				 ks_number_at(KS_NTH(ks_wire->field, size), size), size))
#define KS_TAKE_MASK_SETS(bit, field, size)                                                     \
	KS_TAKE_EACH(bit, field, size,                                                          \
		     ks_take_masks(KS_NTH(self->field, size),                                   \
				   ks_number_at(KS_NTH(ks_wire->field, size), size),            \
				   ks_number_at(KS_NTH(ks_wire->ks_clear_##field, size), size), \
				   size))

/* Sums of a bit-field: beside it lie others that no atomic step leaves alone. */
#define KS_LOW(value, width) ((ks_u64)(value) & ~0ull >> (64 - (width)))
#define KS_SEND_SUM_BITS(bit, field, width)                                                      \
	do {                                                                                     \
		const __typeof__(self->field + 0) ks_now = self->field;                          \
                                                                                                 \
		if (!ks_twin || ks_now != ks_twin->field) {                                      \
			KS_SET(bit);                                                             \
			if (!ks_twin)                                                            \
				KS_SET((bit) + 1);                                               \
			ks_wire->field = KS_LOW(                                                 \
				(ks_u64)ks_now - (ks_twin ? (ks_u64)ks_twin->field : 0), width); \
			if (ks_twin)                                                             \
				ks_twin->field = ks_now;                                         \
		}                                                                                \
	} while (0)
#define KS_MERGE_SUM_BITS(bit, field)                                                         \
	do {                                                                                  \
		if (KS_HAS(bit)) {                                                            \
			self->field =                                                         \
				ks_wire->field +                                              \
				(ks_twin ? (ks_u64)self->field - (ks_u64)ks_twin->field : 0); \
			if (ks_twin)                                                          \
				ks_twin->field = ks_wire->field;                              \
		}                                                                             \
	} while (0)
#define KS_TAKE_SUM_BITS(bit, field, width)                                                \
	do {                                                                               \
		if (!KS_HAS(bit) || KS_HAS((bit) + 1))                                     \
			KS_TAKE_BITS(bit, field, width);                                   \
		else if (ks_wire->field != KS_LOW(ks_wire->field, width))                  \
			ks_message_bad(ks_message, #field " is out of range");             \
		else if (ks_apply && !ks_message->error)                                   \
			self->field = KS_LOW((ks_u64)self->field + ks_wire->field, width); \
	} while (0)

/* ---- fields at the driver's end: what has changed here goes out, and stays when the other's come in ---- */

#define KS_UNCHANGED(field) (!ks_twin || KS_SAME(self->field, ks_twin->field))
#define KS_CHANGED(field) (!ks_twin || !KS_SAME(self->field, ks_twin->field))
#define KS_SEND(bit, field)                                   \
	do {                                                  \
		if (KS_CHANGED(field)) {                      \
			KS_SET(bit);                          \
			KS_COPY(ks_wire->field, self->field); \
			KS_REMEMBER_SENT(field);              \
		}                                             \
	} while (0)
#define KS_SEND_BITS(bit, field, width)                                                 \
	do {                                                                            \
		if (!ks_twin || self->field != ks_twin->field) {                        \
			KS_SET(bit);                                                    \
			ks_wire->field = (ks_u64)self->field & ~0ull >> (64 - (width)); \
			if (ks_twin)                                                    \
				ks_twin->field = self->field;                           \
		}                                                                       \
	} while (0)
#define KS_MERGE(bit, field)                                             \
	do {                                                             \
		if (KS_HAS(bit)) {                                       \
			if (KS_UNCHANGED(field))                         \
				KS_UPDATE(self->field, ks_wire->field);  \
			if (ks_twin)                                     \
				KS_COPY(ks_twin->field, ks_wire->field); \
		}                                                        \
	} while (0)
#define KS_MERGE_BITS(bit, field)                                                       \
	do {                                                                            \
		if (KS_HAS(bit)) {                                                      \
			if ((!ks_twin || self->field == ks_twin->field) &&              \
			    self->field != (__typeof__(self->field + 0))ks_wire->field) \
				self->field = ks_wire->field;                           \
			if (ks_twin)                                                    \
				ks_twin->field = ks_wire->field;                        \
		}                                                                       \
	} while (0)
#define KS_MERGE_VALUE(field, value)                        \
	do {                                                \
		__typeof__(self->field) ks_value = (value); \
                                                            \
		if (KS_UNCHANGED(field))                    \
			KS_UPDATE(self->field, ks_value);   \
		if (ks_twin)                                \
			KS_COPY(ks_twin->field, ks_value);  \
	} while (0)

/* ---- fields at the kernel's end: checked in the first pass, written in the second ---- */

#define KS_GIVE(bit, field)                           \
	do {                                          \
		KS_SET(bit);                          \
		KS_COPY(ks_wire->field, self->field); \
		KS_REMEMBER_SENT(field);              \
	} while (0)
#define KS_GIVE_BITS(bit, field, width)                                         \
	do {                                                                    \
		KS_SET(bit);                                                    \
		ks_wire->field = (ks_u64)self->field & ~0ull >> (64 - (width)); \
		if (ks_twin)                                                    \
			ks_twin->field = self->field;                           \
	} while (0)
#define KS_TAKE(bit, field)                                                      \
	do {                                                                     \
		if (KS_HAS(bit)) {                                               \
			KS_CHECK_BOOL(ks_wire->field);                           \
			if (ks_apply && !ks_message->error) {                    \
				KS_UPDATE(self->field, ks_wire->field);          \
				if (ks_twin)                                     \
					KS_COPY(ks_twin->field, ks_wire->field); \
			}                                                        \
		}                                                                \
	} while (0)
#define KS_TAKE_BITS(bit, field, width)                                                \
	do {                                                                           \
		if (KS_HAS(bit)) {                                                     \
			if (ks_wire->field & ~(~0ull >> (64 - (width)))) {             \
				ks_message_bad(ks_message, #field " is out of range"); \
			} else if (ks_apply) {                                         \
				self->field = ks_wire->field;                          \
				if (ks_twin)                                           \
					ks_twin->field = ks_wire->field;               \
			}                                                              \
		}                                                                      \
	} while (0)
#define KS_STORE(field, value)                                             \
	do {                                                               \
		if (ks_apply && !ks_message->error) {                      \
			__typeof__(self->field) ks_value = (value);        \
                                                                           \
			if (!ks_message->error) {                          \
				KS_UPDATE(self->field, ks_value);          \
				if (ks_twin)                               \
					KS_COPY(ks_twin->field, ks_value); \
			}                                                  \
		}                                                          \
	} while (0)

/* ---- whose memory it is ---- */

enum ks_keep {
	KS_OWN,	   /* this end's object: its buffers are where they are */
	KS_SHADOW, /* the other end's: buffers are attached to the shadow */
	KS_SCRATCH /* a copy for the length of the call */
};

/* Where a struct being read or written lives; `base` numbers its fields' storage. */
struct ks_home {
	const void *object;
	ks_u32 base;
	ks_u16 type;
	ks_u8 keep;
	ks_u8 depth;
};

static inline struct ks_home ks_home_object(unsigned int depth, ks_ref ref, ks_u16 type,
					    const void *object, bool is_driver)
{
	struct ks_home home = { object, 0, type, KS_SHADOW, (ks_u8)depth };

	if ((ref >> 63 != 0) == is_driver)
		home.keep = KS_OWN;
	return home;
}

/* A copy: the caller's own struct, or scratch at the callee. */
static inline struct ks_home ks_home_copy(unsigned int depth, enum ks_keep keep)
{
	struct ks_home home = { NULL, 0, 0, (ks_u8)keep, (ks_u8)depth };

	return home;
}

/* What belongs to field number `field` of the struct at `home`. */
static inline struct ks_home ks_home_inside(const struct ks_home *home, ks_u32 field)
{
	struct ks_home inner = *home;

	inner.base = (home->base + field + 1) << 8;
	inner.depth++;
	return inner;
}

/* Of an array whose elements have memory of their own: more would have numbers of others. */
#define KS_HOME_ELEMENTS 254

/* What belongs to element `n` of an array whose own are at `home`. */
static inline struct ks_home ks_home_element(struct ks_home home, ks_u32 n)
{
	home.base = (home.base + n + 1) << 8;
	return home;
}

/* Whether what a pointer field of this end's own object leads to has been given to it, or is nothing yet. */
static inline bool ks_home_given(struct ks_end *end, const struct ks_home *home, ks_u32 field,
				 const void *old)
{
	size_t moved;

	return !old ||
	       ks_object_attached(end, home->object, home->type, home->base + field, old, &moved);
}

/*
 * Storage for what a pointer field points to: of this end's own object, the `room` bytes at `old`, or
 * what is given to it.
 */
static inline void *ks_home_storage(struct ks_end *end, struct ks_message *message,
				    const struct ks_home *home, ks_u32 field, const void *old,
				    ks_u64 room, size_t size)
{
	if (message->error)
		return NULL;
	if (home->keep == KS_SHADOW ||
	    (home->keep == KS_OWN && home->object && ks_home_given(end, home, field, old)))
		return ks_object_attach(end, message, home->object, home->type, home->base + field,
					size);
	if (home->keep == KS_SCRATCH)
		return ks_scratch(message, size);
	if (!old || size > room) {
		ks_message_bad(message, "more than the object has room for");
		return NULL;
	}
	return (void *)old;
}

/* How many bytes `count` elements of this end's own object take; none if that makes no sense. */
static inline ks_u64 ks_room(ks_u64 count, size_t size)
{
	return count <= KS_MESSAGE_SIZE / size ? count * size : 0;
}

/* As many of the elements from `start` on as there is room for; all where it is not this end's own object's. */
static inline ks_u64 ks_count_cut(ks_u64 count, ks_u64 start, ks_u64 room, size_t size)
{
	const ks_u64 fit = room / size < start ? 0 : room / size - start;

	return room && fit < count ? fit : count;
}

/*
 * The buffer that a pointer field points into, with room for `size` bytes at `offset`. An own
 * object's buffer is where it is, and the offset in it is the one from before the message.
 */
static inline void *ks_home_buffer(struct ks_end *end, struct ks_message *message,
				   const struct ks_home *home, ks_u32 field, const void *old,
				   ks_u64 offset, size_t size)
{
	if (offset > KS_EXTRA_MAX || (home->keep == KS_OWN && !old)) {
		ks_message_bad(message, "struct outside of its buffer");
		return NULL;
	}
	return ks_home_storage(end, message, home, field, old, offset + size, offset + size);
}

/* The twin of a struct inside a shadow's buffer. */
static inline void *ks_home_twin(struct ks_end *end, struct ks_message *message,
				 const struct ks_home *home, ks_u32 field, size_t size)
{
	if (home->keep != KS_SHADOW)
		return NULL;
	return ks_object_attach(end, message, home->object, home->type,
				(home->base + field) | 1u << 31, size);
}

/* Whether this is one object behind another too many. */
static inline bool ks_home_deep(struct ks_message *message, const struct ks_home *home)
{
	if (home->depth <= KS_DEPTH)
		return false;
	ks_message_bad(message, "objects nested too deeply");
	return true;
}

/* ---- writing ---- */

static inline ks_u32 ks_put_count(struct ks_message *message, ks_u64 count, size_t size)
{
	if (count <= KS_MESSAGE_SIZE / size)
		return (ks_u32)count + 1;
	ks_message_fail(message, -EMSGSIZE);
	return 0;
}

static inline void ks_put_raw(struct ks_message *message, const void *from, size_t size)
{
	void *to = ks_message_reserve(message, size);

	if (to)
		__builtin_memcpy(to, from, size);
}

/*
 * Before what a pointer leads to is put. A number in its place ends the domain if it is the driver's, and not what
 * follows it; of the kernel's, whose objects may keep pointers into what has been freed, it crosses as NULL.
 */
static inline bool ks_put_from(struct ks_message *message, const void *from)
{
	const bool leads = ks_may_be_followed(from);

	if (!leads && message->is_driver)
		ks_message_bad(message, "a pointer that is no address");
	return leads && !message->error;
}

static inline ks_u32 ks_put_array(struct ks_message *message, const void *from, ks_u64 count,
				  size_t size)
{
	ks_u32 wire = !count || ks_put_from(message, from) ? ks_put_count(message, count, size) : 0;

	if (wire)
		ks_put_raw(message, from, count * size);
	return wire;
}

/* Of a length that nothing says of this buffer, zeroes stand for what is not there. */
static inline ks_u32 ks_put_there(struct ks_end *end, struct ks_message *message, const void *from,
				  ks_u64 count, size_t size)
{
	ks_u32 wire = !count || ks_put_from(message, from) ? ks_put_count(message, count, size) : 0;
	ks_u8 *to = wire ? ks_message_reserve(message, count * size) : NULL;
	size_t there = to ? ks_bytes_there(end, from, count * size) : 0;

	if (to) {
		__builtin_memcpy(to, from, there);
		__builtin_memset(to + there, 0, count * size - there);
	}
	return wire;
}

static inline bool ks_is_zero(const void *from, size_t size)
{
	const ks_u8 *byte = from;
	size_t i;

	for (i = 0; i < size && !byte[i]; i++)
		;
	return i == size;
}

/* Elements up to and including the first that is all zeroes; none where there is no memory. */
static inline ks_u64 ks_count_null(const void *from, size_t size)
{
	const ks_u8 *byte = from;
	ks_u64 count = 0;
	size_t i = 0;

	while (ks_may_be_followed(from) && i < size && count <= KS_MESSAGE_SIZE / size) {
		for (i = 0; i < size && !byte[i]; i++)
			;
		byte += size;
		count++;
	}
	return count;
}

static inline ks_u32 ks_put_string(struct ks_message *message, const void *string)
{
	if (!string || !ks_put_from(message, string))
		return 0;
	return ks_put_array(message, string, ks_count_null(string, 1), 1);
}

/* Each string's slot, then the strings. */
static inline ks_u32 ks_put_strings(struct ks_message *message, const void *strings, ks_u64 count)
{
	const char *const *string = strings;
	const ks_u32 wire =
		ks_put_from(message, strings) ? ks_put_count(message, count, sizeof(ks_u32)) : 0;
	ks_u32 *slots = wire ? ks_message_reserve(message, count * sizeof(*slots)) : NULL;
	ks_u64 i;

	for (i = 0; slots && i < count && !message->error; i++)
		slots[i] = ks_put_string(message, string[i]);
	return wire;
}

/* Numbers of the functions of a table. */
static inline ks_u32 ks_put_functions(struct ks_end *end, struct ks_message *message,
				      const void *table, ks_u64 count,
				      const struct ks_signature *signature)
{
	const ks_code *function = table;
	const ks_u32 wire =
		ks_put_from(message, table) ? ks_put_count(message, count, sizeof(ks_u32)) : 0;
	ks_u32 *slots = wire ? ks_message_reserve(message, count * sizeof(*slots)) : NULL;
	ks_u64 i;

	for (i = 0; slots && i < count && !message->error; i++)
		slots[i] = ks_function_number(end, message, function[i], signature);
	return wire;
}

/* Bytes beyond a struct. */
static inline ks_u32 ks_put_extra(struct ks_message *message, ks_u64 size)
{
	if (size <= KS_EXTRA_MAX)
		return (ks_u32)size;
	ks_message_fail(message, -EMSGSIZE);
	return 0;
}

static inline ks_u32 ks_put_tail(struct ks_message *message, const void *from, ks_u64 size)
{
	if (size > KS_MESSAGE_SIZE) {
		ks_message_fail(message, -EMSGSIZE);
		return 0;
	}
	ks_put_raw(message, from, size);
	return (ks_u32)size;
}

static inline ks_u32 ks_error_of(const void *pointer)
{
	size_t value = (size_t)pointer;

	return value >= (size_t)-4095 ? (ks_u32)-value : 0;
}

/*
 * A pointer that the callee takes for a part of a larger object: a place in that one, `offset` bytes
 * after its start. What is seen as more at the same place need not always be that. *chosen says whether it is.
 */
static inline struct ks_place ks_object_within(struct ks_end *end, struct ks_message *message,
					       const void *address, ks_u16 type, ks_u16 whole,
					       size_t offset, ks_u32 *chosen)
{
	const struct ks_whole around = { KS_BLOCK, whole, 0, 0, false };
	struct ks_place place = { 0 };

	if (!ks_may_be_followed(address) || !offset)
		return ks_object_place_inside(end, message, address, type, NULL, &around, 1,
					      chosen);
	place = ks_object_place(end, message, (const char *)address - offset, whole);
	*chosen = place.ref != 0;
	if (place.ref)
		place.offset += (ks_u32)offset;
	return place;
}

/*
 * A pointer that its receiver only hands back: a place in whatever is known to lie there. Where
 * nothing is, it is a number, which crosses where a place without a reference has nothing to say.
 */
static inline struct ks_place ks_put_cookie(struct ks_end *end, struct ks_message *message,
					    const void *pointer)
{
	struct ks_place place = ks_object_place(end, message, pointer, KS_BLOCK);

	if (place.ref)
		return place;
	return ks_place_of_number(ks_number_sent(end, message, pointer));
}

/*
 * The kernel's end, of what only the driver has a struct for: where nothing is known to lie in the kernel's memory, these
 * bytes of it are lent.
 */
static inline struct ks_place ks_put_inner(struct ks_end *end, struct ks_message *message,
					   const void *pointer, ks_u16 memory, size_t bytes)
{
	struct ks_place place = ks_object_place(end, message, pointer, KS_BLOCK);

	if (!ks_may_be_followed(pointer) || ks_number_has_crossed(end, pointer) ||
	    (place.ref && !ks_ref_is_lent(place.ref)))
		return ks_put_cookie(end, message, pointer);
	return ks_object_place_inner(end, message, pointer, memory, bytes);
}

/* Kept memory of so many bytes; where none are known, the address is a number. */
static inline struct ks_place ks_put_extent(struct ks_end *end, struct ks_message *message,
					    const void *address, ks_u16 type, size_t bytes)
{
	return bytes ? ks_object_place_memory(end, message, address, type, bytes) :
		       ks_put_cookie(end, message, address);
}

/* As far as it is known to go. */
static inline struct ks_place ks_put_known(struct ks_end *end, struct ks_message *message,
					   const void *address, ks_u16 type)
{
	return ks_put_extent(end, message, address, type, ks_known_extent(end, address));
}

/* The same of a text, which a number of the kernel's is not. */
static inline struct ks_place ks_put_text(struct ks_end *end, struct ks_message *message,
					  const void *address, ks_u16 type)
{
	const bool is_number = ks_number_is_kernels(end, address);

	return ks_put_extent(end, message, address, type,
			     is_number ? 0 : ks_text_bytes(end, address));
}

/* ---- reading ---- */

/* The part of a message that describes an object, which must be there to be described. */
static inline const void *ks_take_content(struct ks_message *message, bool exists, size_t size)
{
	if (exists)
		return ks_message_take(message, size);
	ks_message_bad(message, "content of an object that is not there");
	return NULL;
}

static inline ks_u64 ks_take_count(struct ks_message *message, ks_u32 wire, size_t size)
{
	if (!wire)
		return 0;
	if (wire - 1 <= KS_MESSAGE_SIZE / size)
		return wire - 1;
	ks_message_bad(message, "more elements than a message holds");
	return 0;
}

/* The elements of an array, NULL if the pointer was; *count says how many. */
static inline void *ks_take_array(struct ks_message *message, ks_u32 wire, size_t size,
				  ks_u64 *count)
{
	*count = ks_take_count(message, wire, size);
	if (!wire || message->error)
		return NULL;
	return ks_message_take_mutable(message, *count * size);
}

/* Where a function stores a pointer: until it does, there is the place itself, which it cannot store. */
static inline void *ks_place_empty(struct ks_message *message)
{
	void **place = ks_scratch(message, sizeof(*place));

	if (place)
		*place = place;
	return place;
}

/* An array that must end with its only zero element. */
static inline void *ks_take_null_array(struct ks_message *message, ks_u32 wire, size_t size,
				       ks_u64 *count)
{
	void *array = ks_take_array(message, wire, size, count);
	const ks_u8 *last;
	size_t i;

	if (!array)
		return NULL;
	if (!*count) {
		ks_message_bad(message, "array without its end");
		return NULL;
	}
	last = (const ks_u8 *)array + (*count - 1) * size;
	for (i = 0; i < size; i++) {
		if (last[i]) {
			ks_message_bad(message, "array without its end");
			return NULL;
		}
	}
	return array;
}

static inline char *ks_take_string(struct ks_message *message, ks_u32 wire)
{
	ks_u64 count;
	char *string;

	string = ks_take_null_array(message, wire, 1, &count);
	if (string && ks_count_null(string, 1) != count) {
		ks_message_bad(message, "string with a NUL inside");
		return NULL;
	}
	return string;
}

/*
 * The slots of a table; NULL if there is none. One that ends at zero does so once: a table of this end's
 * own is compared with it up to there.
 */
static inline const ks_u32 *ks_take_slots(struct ks_message *message, ks_u32 wire, bool ends,
					  ks_u64 *count)
{
	const ks_u32 *slots = ks_take_array(message, wire, sizeof(*slots), count);
	ks_u64 i;

	if (!slots || !ends)
		return slots;
	for (i = 0; i < *count && slots[i]; i++)
		;
	if (i + 1 == *count)
		return slots;
	ks_message_bad(message, i < *count ? "array with an end inside" : "array without its end");
	return NULL;
}

/* Pointers to strings in the message, which ends with the call; in the first pass they are only looked at. */
static inline void *ks_take_strings(struct ks_message *message, ks_u32 wire, bool ends,
				    ks_u64 *count, bool apply)
{
	const ks_u32 *slots = ks_take_slots(message, wire, ends, count);
	char **strings = NULL;
	ks_u64 i;

	if (!slots)
		return NULL;
	if (apply)
		strings = ks_scratch(message, *count * sizeof(*strings));
	for (i = 0; i < *count && !message->error; i++) {
		char *string = ks_take_string(message, slots[i]);

		if (strings)
			strings[i] = string;
	}
	return message->error ? NULL : strings;
}

/* Likewise, of texts that are kept as long as the domain lives. */
static inline void *ks_take_texts(struct ks_end *end, struct ks_message *message, ks_u32 wire,
				  bool ends, ks_u64 *count, bool apply)
{
	char **texts = ks_take_strings(message, wire, ends, count, apply);
	ks_u64 i;

	for (i = 0; texts && i < *count && !message->error; i++)
		if (texts[i])
			texts[i] = ks_text_keep(end, message, texts[i], ks_count_null(texts[i], 1));
	return message->error ? NULL : texts;
}

/* The table of these functions, in scratch; in the first pass they are only looked at. */
static inline void *ks_take_functions(struct ks_end *end, struct ks_message *message, ks_u32 wire,
				      bool ends, ks_u64 *count,
				      const struct ks_signature *signature, bool apply)
{
	const ks_u32 *slots = ks_take_slots(message, wire, ends, count);
	ks_code *table = NULL;
	ks_u64 i;

	if (!slots)
		return NULL;
	if (apply)
		table = ks_scratch(message, *count * sizeof(*table));
	for (i = 0; i < *count && !message->error; i++) {
		ks_code function = ks_function_at(end, message, slots[i], signature);

		if (table)
			table[i] = function;
	}
	return message->error ? NULL : table;
}

/* Bytes beyond a struct, as received. */
static inline size_t ks_take_extra(struct ks_message *message, ks_u32 size)
{
	if (size <= KS_EXTRA_MAX)
		return size;
	ks_message_bad(message, "object too large");
	return 0;
}

/* An object that may be new here; in the first pass nothing is made. */
static inline void *ks_take_object(struct ks_end *end, struct ks_message *message,
				   struct ks_place place, ks_u16 type, size_t size, bool apply)
{
	if (apply)
		return ks_object_shadow(end, message, place, type, size);
	ks_object_acceptable(end, message, place, type);
	return NULL;
}

/* The larger object around a place that has come, where the sender says which; `chosen` is counted from 1, none is 0. */
static inline void ks_take_whole(struct ks_end *end, struct ks_message *message,
				 struct ks_place place, const struct ks_whole *wholes, ks_u32 count,
				 ks_u32 chosen, bool makes, bool apply)
{
	if (chosen > count)
		ks_message_bad(message, "no such whole");
	else if (chosen)
		ks_object_whole(end, message, place, &wholes[ks_index(chosen - 1, count)], makes,
				apply);
}

/* Per-CPU memory: whether there is any, and then, behind what has been put, the places of its objects. */
static inline ks_u8 ks_put_percpu(struct ks_end *end, struct ks_message *message, const void *start,
				  ks_u16 type)
{
	struct ks_place *places =
		start ? ks_message_reserve(message, ks_percpu_count() * sizeof(*places)) : NULL;

	return places && ks_percpu_places(end, message, start, type, places);
}

static inline void *ks_take_percpu(struct ks_end *end, struct ks_message *message,
				   const void *holder, ks_u8 there, ks_u16 type, bool apply)
{
	const struct ks_place *places;

	if (there > 1)
		ks_message_bad(message, "per-CPU memory neither there nor not");
	if (!there || message->error)
		return NULL;
	places = ks_message_take(message, ks_percpu_count() * sizeof(*places));
	return places ? ks_percpu_shadow(end, message, holder, places, type, apply) : NULL;
}

/* An object that must be known here. */
static inline void *ks_take_known(struct ks_end *end, struct ks_message *message,
				  struct ks_place place, ks_u16 type, bool apply)
{
	void *object = ks_object_find(end, message, place, type);

	return apply ? object : NULL;
}

/* What ks_put_cookie() of the other end was given: an address that is this end's, or the number. */
static inline void *ks_take_cookie(struct ks_end *end, struct ks_message *message,
				   struct ks_place place, bool apply)
{
	if (place.ref)
		return ks_take_object(end, message, place, KS_BLOCK, 0, apply);
	return ks_number_got(end, ks_place_number(place));
}

/* The driver's end. */
static inline void *ks_take_inner(struct ks_end *end, struct ks_message *message,
				  struct ks_place place, ks_u16 memory)
{
	if (ks_ref_is_lent(place.ref))
		return ks_take_object(end, message, place, memory, 0, true);
	return ks_take_cookie(end, message, place, true);
}

/* What ks_put_known() was given, at the kernel's end, which follows it: no number that it has not given. */
static inline void *ks_take_given(struct ks_end *end, struct ks_message *message,
				  struct ks_place place, ks_u16 type, bool apply)
{
	void *number;

	if (place.ref)
		return ks_take_object(end, message, place, type, 0, apply);
	number = ks_place_number(place);
	if (!ks_is_address(number) || ks_number_is_kernels(end, number))
		return number;
	ks_message_bad(message, "an address that the kernel has not given");
	return NULL;
}

/* Of a pointer that this end follows, to what cannot cross: nothing that the other end could choose. */
static inline void *ks_take_refused(struct ks_message *message, struct ks_place place,
				    const char *why)
{
	if (place.ref || place.offset || place.extent)
		ks_message_bad(message, why);
	return NULL;
}

static inline void *ks_take_error(struct ks_message *message, ks_u32 error)
{
	if (error <= 4095)
		return (void *)-(size_t)error;
	ks_message_bad(message, "no error number");
	return NULL;
}

/* Keeps bytes of the message where a pointer field can point to them; written only if they differ. */
static inline void *ks_keep_bytes(struct ks_end *end, struct ks_message *message,
				  const struct ks_home *home, ks_u32 field, const void *old,
				  ks_u64 room, const void *from, size_t size)
{
	void *to = from ? ks_home_storage(end, message, home, field, old, room, size) : NULL;

	if (to && __builtin_memcmp(to, from, size))
		__builtin_memcpy(to, from, size);
	return to;
}

/* The same of elements of which `start` are before the first that came; the pointer was moved on so far. */
static inline void *ks_keep_part(struct ks_end *end, struct ks_message *message,
				 const struct ks_home *home, ks_u32 field, const void *old,
				 ks_u64 room, const void *from, ks_u64 start, ks_u64 count,
				 size_t size, size_t moved)
{
	const size_t before = moved + start * size;
	char *to;

	if (from && start > KS_EXTRA_MAX / size) {
		ks_message_bad(message, "bytes too far behind a pointer");
		return NULL;
	}
	to = from ? ks_home_storage(end, message, home, field, old, room, before + count * size) :
		    NULL;
	if (to && __builtin_memcmp(to + before, from, count * size))
		__builtin_memcpy(to + before, from, count * size);
	return to ? to + moved : NULL;
}

/*
 * How far this end's code has moved a pointer on in the copy of what the other end's leads to, which moves with
 * it. What it was moved back to, or to elsewhere, the other end does not have.
 */
static inline size_t ks_bytes_moved(struct ks_end *end, const struct ks_home *home, ks_u32 field,
				    const void *at)
{
	size_t moved = 0;

	if (home->keep == KS_SHADOW && home->object && at)
		ks_object_attached(end, home->object, home->type, home->base + field, at, &moved);
	return moved;
}

/*
 * What the other end has of the bytes that a field of a known object leads to. They are no one's but the
 * object's: of bytes in the driver's memory, which have a class of their own, there is none here.
 */
static inline ks_u8 *ks_bytes_twin(struct ks_end *end, struct ks_message *message,
				   const struct ks_home *home, ks_u32 field, size_t size)
{
	if (message->error || !home->object || home->keep == KS_SCRATCH || !size)
		return NULL;
	return ks_object_attach(end, message, home->object, home->type,
				(home->base + field) | 1u << 31, size);
}

static inline bool ks_bytes_changed(struct ks_end *end, struct ks_message *message,
				    const struct ks_home *home, ks_u32 field, const void *at,
				    ks_u64 start, ks_u64 count, size_t size)
{
	const size_t before = start * size;
	const ks_u8 *twin;
	size_t moved;

	if (!at || start > KS_EXTRA_MAX / size || count > KS_MESSAGE_SIZE / size ||
	    ks_object_is_drivers(end, at))
		return false;
	moved = ks_bytes_moved(end, home, field, at);
	twin = ks_bytes_twin(end, message, home, field, moved + before + count * size);
	return twin &&
	       __builtin_memcmp((const char *)at + before, twin + moved + before,
				ks_bytes_there(end, (const char *)at + before, count * size));
}

/* What lies before a pointer that was moved on is not sent: it is forgotten. */
static inline void ks_bytes_remember(struct ks_end *end, struct ks_message *message,
				     const struct ks_home *home, ks_u32 field, const void *at,
				     ks_u64 start, ks_u64 count, size_t size)
{
	const size_t before = start * size;
	size_t moved;
	ks_u8 *twin;

	if (message->error || start > KS_EXTRA_MAX / size)
		return;
	moved = ks_bytes_moved(end, home, field, at);
	twin = ks_bytes_twin(end, message, home, field, moved + before + count * size);
	if (twin && moved)
		__builtin_memcpy(twin, (const char *)at - moved, moved);
	if (twin)
		__builtin_memcpy(twin + moved + before, (const char *)at + before,
				 ks_bytes_there(end, (const char *)at + before, count * size));
}

/* What comes to some memory; at the driver's end, what has been changed there stays. */
static inline void ks_take_run(ks_u8 *self, ks_u8 *twin, const ks_u8 *from, size_t size,
			       bool is_driver)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (self[i] != from[i] && (!is_driver || !twin || self[i] == twin[i]))
			self[i] = from[i];
		if (twin)
			twin[i] = from[i];
	}
}

/* As ks_keep_part, of bytes that also cross for themselves. */
static inline void *ks_merge_part(struct ks_end *end, struct ks_message *message,
				  const struct ks_home *home, ks_u32 field, const void *old,
				  ks_u64 room, const void *from, ks_u64 start, ks_u64 count,
				  size_t size, size_t moved, bool is_driver)
{
	const size_t before = moved + start * size, bytes = count * size;
	ks_u8 *to, *twin;

	if (from && start > KS_EXTRA_MAX / size) {
		ks_message_bad(message, "bytes too far behind a pointer");
		return NULL;
	}
	to = from ? ks_home_storage(end, message, home, field, old, room, before + bytes) : NULL;
	twin = to ? ks_bytes_twin(end, message, home, field, before + bytes) : NULL;
	if (to)
		ks_take_run(to + before, twin ? twin + before : NULL, from, bytes, is_driver);
	return to ? to + moved : NULL;
}

/* Another string for this end's own object has storage of its own: the old one may be in a constant. */
static inline void *ks_keep_string(struct ks_end *end, struct ks_message *message,
				   const struct ks_home *home, ks_u32 field, const void *old,
				   const char *from)
{
	size_t size = from ? ks_count_null(from, 1) : 0;

	if (home->keep != KS_OWN)
		return ks_keep_bytes(end, message, home, field, old, 0, from, size);
	if (!from || (old && ks_count_null(old, 1) == size && !__builtin_memcmp(old, from, size)))
		return from ? (void *)old : NULL;
	if (!home->object)
		return ks_text_keep(end, message, from, size);
	old = ks_object_attach(end, message, home->object, home->type, home->base + field, size);
	if (old)
		__builtin_memcpy((void *)old, from, size);
	return (void *)old;
}

static inline bool ks_same_string(const char *a, const char *b)
{
	const ks_u64 size = a ? ks_count_null(a, 1) : 0;

	return a == b || (a && b && ks_count_null(b, 1) == size && !__builtin_memcmp(a, b, size));
}

/*
 * A table of strings and the strings behind it, as one piece. Another table for this end's own object has
 * storage of its own, as another string has.
 */
static inline void *ks_keep_strings(struct ks_end *end, struct ks_message *message,
				    const struct ks_home *home, ks_u32 field, const void *old,
				    const void *from, ks_u64 count)
{
	const char *const *string = from, *const *is = home->keep == KS_OWN ? old : NULL;
	size_t size = count * sizeof(*string);
	char **table, *text;
	ks_u64 i;

	for (i = 0; from && i < count; i++) {
		if (is && !ks_same_string(is[i], string[i]))
			is = NULL;
		size += string[i] ? ks_count_null(string[i], 1) : 0;
	}
	if (!from || is)
		return (void *)is;
	if (home->keep == KS_OWN && !home->object) {
		ks_message_bad(message, "another table for a struct of this end");
		return NULL;
	}
	table = ks_home_storage(end, message, home, field, NULL, 0, size);
	text = (char *)(table + count);
	for (i = 0; table && i < count; i++) {
		size = string[i] ? ks_count_null(string[i], 1) : 0;
		if (size && __builtin_memcmp(text, string[i], size))
			__builtin_memcpy(text, string[i], size);
		table[i] = size ? text : NULL;
		text += size;
	}
	return table;
}

/* Likewise of a table of functions. */
static inline void *ks_keep_functions(struct ks_end *end, struct ks_message *message,
				      const struct ks_home *home, ks_u32 field, const void *old,
				      const void *from, ks_u64 count)
{
	const ks_code *function = from, *is = home->keep == KS_OWN ? old : NULL;
	void *table;
	ks_u64 i;

	for (i = 0; from && is && i < count; i++)
		if (is[i] != function[i])
			is = NULL;
	if (!from || is)
		return (void *)is;
	if (home->keep == KS_OWN && !home->object) {
		ks_message_bad(message, "another table for a struct of this end");
		return NULL;
	}
	if (home->keep == KS_OWN)
		table = ks_object_attach(end, message, home->object, home->type, home->base + field,
					 count * sizeof(*function));
	else
		table = ks_home_storage(end, message, home, field, NULL, 0,
					count * sizeof(*function));
	if (table)
		__builtin_memcpy(table, from, count * sizeof(*function));
	return table;
}

/* Bytes behind a struct whose memory has room for them. */
static inline void ks_take_tail(struct ks_message *message, void *to, ks_u64 room, ks_u32 size,
				bool apply)
{
	const void *from = ks_message_take(message, size);

	if (!from || !apply)
		return;
	if (size > room)
		ks_message_bad(message, "more than the object has room for");
	else
		__builtin_memcpy(to, from, size);
}

/* How many scalars are known to lie there; one if nothing is known. */
static inline ks_u64 ks_count_known(struct ks_end *end, const void *address, size_t size)
{
	const size_t bytes = ks_object_bytes(end, address, true);

	return ks_may_be_followed(address) && !bytes ? 1 : bytes / size;
}

/* As that, of characters. */
static inline ks_u64 ks_count_text(struct ks_end *end, const char *address)
{
	const size_t bytes = ks_text_bytes(end, address);

	return ks_may_be_followed(address) && !bytes ? 1 : bytes;
}

/* Of elements whose number nothing says of this array: as many as there are; one is. */
static inline ks_u64 ks_count_there(struct ks_end *end, const void *address, ks_u64 count,
				    size_t size)
{
	const ks_u64 there = count <= KS_EXTRA_MAX / size ?
				     ks_bytes_there(end, address, count * size) / size :
				     count;

	return there ? there : 1;
}

/*
 * For the counts of arrays: how many structs there are up to the one with which `member`, written ".length", comes to
 * `total` over those from `start` on. No more than a message has room for.
 */
#define KS_COUNT_SUM(array, member, start, total)                         \
	({                                                                \
		ks_u64 ks_n = (start), ks_left = (total);                 \
                                                                          \
		while (ks_left && ks_n < KS_MESSAGE_SIZE) {               \
			const ks_u64 ks_part = (array)[ks_n++] member;    \
                                                                          \
			ks_left -= ks_part < ks_left ? ks_part : ks_left; \
		}                                                         \
		ks_n;                                                     \
	})

/* How many structs: at least one, and of the kernel's, whose block nobody takes for more of them, so many. */
static inline ks_u64 ks_count_structs(struct ks_end *end, const void *address, size_t size,
				      ks_u64 least)
{
	const size_t bytes = ks_object_bytes(end, address, false);
	const ks_u64 count = bytes < size ? 1 : bytes / size;

	if (!address)
		return 0;
	return count < least && !ks_object_is_drivers(end, address) ?
		       ks_count_there(end, address, least, size) :
		       count;
}

/*
 * How many pointers, which are followed: of the kernel's so many, of the driver's as far as what lies there may be one;
 * at least one.
 */
static inline ks_u64 ks_count_pointers(struct ks_end *end, const void *address, ks_u64 least)
{
	const void *const *pointer = address;
	ks_u64 count, i = least;

	if (!address)
		return 0;
	if (!ks_object_is_drivers(end, address))
		return ks_count_there(end, address, least, sizeof(*pointer));
	count = ks_object_bytes(end, address, false) / sizeof(*pointer);
	if (count <= least)
		return count ? count : least;
	while (i < count && (!pointer[i] || ks_is_address(pointer[i])))
		i++;
	return i;
}

/* ---- structs side by side, which both ends know by reference ---- */

/* A pointer to the first of them, as it crosses. Without a reference they are copied for the call. */
struct ks_row {
	struct ks_place place;
	ks_u64 count; /* plus one; 0 is NULL */
};

static inline struct ks_row ks_put_row(struct ks_end *end, struct ks_message *message,
				       const void *first, ks_u16 type, ks_u64 count, size_t size)
{
	struct ks_row row = { { 0 }, 0 };

	if (!first || (count && !ks_put_from(message, first)))
		return row;
	if (count > KS_EXTRA_MAX / size) {
		ks_message_fail(message, -EMSGSIZE);
		return row;
	}
	row.count = count + 1;
	row.place = ks_object_place_row(end, message, first, type, count);
	return row;
}

/* Where the next element lies. */
static inline struct ks_place ks_row_next(struct ks_place place, size_t size)
{
	place.offset += (ks_u32)size;
	return place;
}

static inline ks_u64 ks_row_count(struct ks_message *message, const struct ks_row *row, size_t size)
{
	if (!row->count)
		return 0;
	if (row->count - 1 <= (row->place.ref ? KS_EXTRA_MAX : KS_MESSAGE_SIZE) / size)
		return row->count - 1;
	ks_message_bad(message, "more elements than there can be");
	return 0;
}

/*
 * The first element, NULL if the pointer was; each is found or made where the sender says it is. In
 * the first pass nothing is made.
 */
static inline void *ks_take_row(struct ks_end *end, struct ks_message *message,
				const struct ks_row *row, ks_u16 type, size_t size, ks_u64 *count,
				bool may_make, bool apply)
{
	struct ks_place place = row->place;
	void *first = NULL;
	ks_u64 i;

	*count = ks_row_count(message, row, size);
	if (row->count && !place.ref)
		first = apply && !message->error ? ks_scratch(message, *count * size) : NULL;
	else if (!row->count != !place.ref || (place.ref && !*count))
		ks_message_bad(message, "elements that are nowhere");
	for (i = 0; place.ref && i < *count && !message->error; i++) {
		void *element = may_make ? ks_take_object(end, message, place, type, size, apply) :
					   ks_take_known(end, message, place, type, apply);

		first = i ? first : element;
		place = ks_row_next(place, size);
	}
	return message->error ? NULL : first;
}

/* Whether they are still what they were when the call was begun. */
static inline bool ks_row_known(struct ks_end *end, ks_ref ref)
{
	return !ref || ks_ref_known(end, ref);
}

/* ---- a member array without a length, at the end of its struct ---- */

struct ks_flexible {
	void *owner;	   /* the struct, */
	ks_u16 type;	   /* its type, */
	size_t offset;	   /* and where in it the array begins */
	void *self, *twin; /* the first element; NULL where there is none */
	ks_u64 room;	   /* elements up to the end of the object, 0 if that is not known; */
	ks_u64 twin_room;  /* of its twin */
	size_t size;	   /* of an element */
};

static inline struct ks_flexible ks_flexible_at(struct ks_end *end, void *object, void *twin,
						ks_u16 type, size_t offset, size_t size)
{
	struct ks_flexible here = { object, type, offset, NULL, NULL, 0, 0, size };
	size_t twin_bytes, bytes = ks_object_room(end, object, type, &twin_bytes);

	if (object)
		here.self = (char *)object + offset;
	if (twin)
		here.twin = (char *)twin + offset;
	if (bytes > offset)
		here.room = (bytes - offset) / size;
	if (twin && twin_bytes > offset)
		here.twin_room = (twin_bytes - offset) / size;
	return here;
}

/* Elements up to the end of the object. */
static inline ks_u64 ks_flexible_room(struct ks_end *end, void *object, ks_u16 type, size_t offset,
				      size_t size)
{
	return ks_flexible_at(end, object, NULL, type, offset, size).room;
}

/* How many elements there are: as many as are said to be, if there is room for them. */
static inline ks_u64 ks_flexible_count(const struct ks_flexible *here, const struct ks_home *home,
				       ks_u64 said)
{
	const bool bounded = home->keep == KS_SHADOW || here->room;

	return bounded && said > here->room ? here->room : said;
}

static inline bool ks_flexible_changed(const struct ks_flexible *here, ks_u64 count)
{
	return !here->twin || count > here->twin_room ||
	       __builtin_memcmp(here->self, here->twin, count * here->size);
}

/* What the other end has from now on. */
static inline void ks_flexible_remember(const struct ks_flexible *here, const void *from,
					ks_u64 count)
{
	if (count > here->twin_room)
		count = here->twin_room;
	if (here->twin && count)
		__builtin_memcpy(here->twin, from, count * here->size);
}

/* The twin of an element; NULL if it has none. */
static inline void *ks_flexible_twin(const struct ks_flexible *here, ks_u64 i)
{
	return here->twin && i < here->twin_room ? (char *)here->twin + i * here->size : NULL;
}

/* The first of as many elements as have come; NULL where they cannot be. */
static inline void *ks_flexible_fit(struct ks_end *end, struct ks_message *message,
				    const struct ks_flexible *here, const struct ks_home *home,
				    ks_u64 own_room, ks_u64 count)
{
	const ks_u64 room = home->keep == KS_OWN    ? own_room :
			    home->keep == KS_SHADOW ? here->room :
						      count;

	if (message->error)
		return NULL;
	if (count > room)
		ks_message_bad(message, "more than the object has room for");
	else if (home->keep == KS_SHADOW && here->self && count)
		ks_object_array(end, message, here->owner, here->type,
				here->offset + count * here->size);
	return message->error ? NULL : here->self;
}

/*
 * Whether the driver may say from now on that there are so many elements: not of an object of the kernel's, unless it
 * is for the driver to fill. What it has said of a shadow is not taken for anything else any more.
 */
static inline bool ks_flexible_grow(struct ks_end *end, struct ks_message *message,
				    const struct ks_flexible *here, const struct ks_home *home,
				    ks_u64 count, bool filled)
{
	if (count > here->room || (home->keep == KS_OWN && !filled))
		return false;
	if (home->keep == KS_SHADOW)
		ks_object_array(end, message, here->owner, here->type,
				here->offset + count * here->size);
	return true;
}

/* Elements that came; at the driver's end, what has been changed there stays. */
static inline void ks_flexible_take(struct ks_end *end, struct ks_message *message,
				    const struct ks_flexible *here, const struct ks_home *home,
				    ks_u64 own_room, const void *from, ks_u64 count, bool is_driver)
{
	const size_t bytes = count * here->size;

	if (!ks_flexible_fit(end, message, here, home, own_room, count))
		return;
	if ((!is_driver || !here->twin || !ks_flexible_changed(here, count)) &&
	    __builtin_memcmp(here->self, from, bytes))
		__builtin_memcpy(here->self, from, bytes);
	ks_flexible_remember(here, from, count);
}

/* Bytes behind a copy's struct, as received. */
static inline size_t ks_take_flexible(struct ks_message *message, ks_u32 wire, size_t size)
{
	return ks_take_count(message, wire, size) * size;
}

/* Bytes beyond a struct of `whole` bytes; too many for any object if they are too many to tell. */
static inline size_t ks_flexible_extra(ks_u64 count, size_t size, size_t offset, size_t whole)
{
	const size_t end = count <= KS_EXTRA_MAX / size ? offset + count * size : ~(size_t)0 / 2;

	return end > whole ? end - whole : 0;
}

/* As many as there is memory for; of the kernel's own, up to the end of what its allocator has given out. */
static inline size_t ks_extent_extra(struct ks_end *end, const void *object, size_t whole)
{
	const size_t bytes = ks_object_bytes(end, object, true);

	return bytes > whole ? bytes - whole : 0;
}

/* ---- memory without a struct, which the other end keeps ---- */

/* As much of it as there is. */
struct ks_memory {
	ks_u8 first;
	ks_u8 rest[];
};

/* How many bytes there are from a place in kept memory on. */
static inline ks_u64 ks_memory_room(struct ks_end *end, const void *address, ks_u16 type)
{
	size_t twin;

	return ks_object_room(end, address, type, &twin);
}

/* A message for the call that a function of the glue stands for. */
static inline struct ks_message *ks_message_for(struct ks_end *end, const char *function)
{
	struct ks_message *message = ks_message_get(end);

	if (message)
		message->function = function;
	return message;
}

/* Of the driver's: its objects on the stack are those of frames that it has not left. */
#define ks_message_begin(end) \
	(ks_stack_left(end, __builtin_frame_address(0)), ks_message_for(end, __func__))

/*
 * A pointer to `count` elements there, if they are the driver's; else to what follows in the message, and a place
 * without a reference: how far it was moved.
 */
static inline struct ks_row ks_put_bytes(struct ks_end *end, struct ks_message *message,
					 const struct ks_home *home, ks_u32 field,
					 const void *address, ks_u16 type, ks_u64 start,
					 ks_u64 count, size_t size)
{
	struct ks_row row = { { 0 }, 0 };

	if (!address)
		return row;
	if (start <= KS_EXTRA_MAX / size && count <= KS_EXTRA_MAX / size)
		row.place =
			ks_object_place_bytes(end, message, address, type, (start + count) * size);
	if (row.place.ref) {
		row.count = count + 1;
		return row;
	}
	row.place = (struct ks_place){ 0, (ks_u32)ks_bytes_moved(end, home, field, address), 0 };
	row.count = ks_put_there(end, message, (const char *)address + start * size, count, size);
	return row;
}

/*
 * The same of what the driver moves in its buffer, at the kernel's end: if that is the kernel's, to a place in the
 * block, which ends at `limit` if anything says so.
 */
static inline struct ks_row ks_put_moved(struct ks_end *end, struct ks_message *message,
					 const struct ks_home *home, const void *address,
					 ks_u16 type, ks_u64 start, ks_u64 count, size_t size,
					 const void *limit)
{
	struct ks_row row = { { 0 }, 0 };

	if (address && home->object && start <= KS_EXTRA_MAX / size && count <= KS_EXTRA_MAX / size)
		row.place = ks_object_place_moved(end, message, home->object, home->type, address,
						  type, (start + count) * size, limit);
	if (row.place.ref)
		row.count = count + 1;
	else if (address)
		row.count =
			ks_put_array(message, (const char *)address + start * size, count, size);
	return row;
}

/* Likewise, of what the driver keeps a pointer to, which it does not move: no more than that. */
static inline struct ks_row ks_put_lent(struct ks_end *end, struct ks_message *message,
					const void *address, ks_u16 type, ks_u64 start,
					ks_u64 count, size_t size, bool writes)
{
	struct ks_row row = { { 0 }, 0 };

	if (!address)
		return row;
	if (start <= KS_EXTRA_MAX / size && count <= KS_EXTRA_MAX / size &&
	    ks_may_be_followed(address))
		row.place = ks_object_place_lent(end, message, address, type,
						 (start + count) * size, writes);
	if (row.place.ref)
		row.count = count + 1;
	else
		row.count =
			ks_put_array(message, (const char *)address + start * size, count, size);
	return row;
}

/*
 * Where they are; NULL if they are in the message. What the driver points to must have as many. In the
 * first pass nothing is made.
 */
static inline void *ks_take_bytes(struct ks_end *end, struct ks_message *message,
				  const struct ks_row *row, ks_u16 type, ks_u64 start, size_t size,
				  ks_u64 *count, bool writes, bool apply)
{
	void *bytes;

	*count = ks_row_count(message, row, size);
	if (!row->place.ref)
		return NULL;
	if (!row->count || start > KS_EXTRA_MAX / size ||
	    !(row->place.ref >> 63 || ks_ref_is_lent(row->place.ref))) {
		ks_message_bad(message, "bytes that are nowhere");
		return NULL;
	}
	if (!apply || message->error) {
		ks_object_acceptable(end, message, row->place, type);
		return NULL;
	}
	bytes = ks_object_shadow_bytes(end, message, row->place, type, (start + *count) * size);
	/* Code of this end may write to what the member leads to. */
	if (writes && bytes && !ks_lent_may_write(end, bytes, (start + *count) * size)) {
		ks_message_bad(message, "bytes that were not given for writing");
		return NULL;
	}
	return bytes;
}

/* Bytes that have changed side by side. */
struct ks_run {
	ks_u32 offset;
	ks_u32 size;
};

#define KS_RUN_GAP 16 /* as many that have not are no end of them */

/* The next changed ones from `from` on; false if there are none. */
static inline bool ks_run_next(const ks_u8 *bytes, const ks_u8 *last, size_t room, size_t from,
			       struct ks_run *run)
{
	size_t end, at;

	while (from < room && bytes[from] == last[from])
		from++;
	for (end = at = from; at < room && at - end < KS_RUN_GAP; at++)
		if (bytes[at] != last[at])
			end = at + 1;
	run->offset = (ks_u32)from;
	run->size = (ks_u32)(end - from);
	return from < room;
}

/* What has changed of kept memory since the other end had it; *runs counts. */
static inline void ks_put_memory(struct ks_end *end, struct ks_message *message, ks_u16 type,
				 ks_u64 *runs, const void *self, void *twin)
{
	size_t twin_room, room;
	struct ks_run run = { 0, 0 };
	void *to;

	if (!twin)
		return;
	room = ks_object_room(end, self, type, &twin_room);
	room = ks_lent_sends(end, self, type, room);
	room = room < twin_room ? room : twin_room;
	while (!message->error && ks_run_next(self, twin, room, run.offset + run.size, &run)) {
		const ks_u8 *from = (const ks_u8 *)self + run.offset;

		ks_put_raw(message, &run, sizeof(run));
		to = ks_message_reserve(message, run.size);
		if (!to)
			return;
		__builtin_memcpy(to, from, run.size);
		__builtin_memcpy((char *)twin + run.offset, to, run.size);
		++*runs;
	}
}

static inline void ks_get_memory(struct ks_end *end, struct ks_message *message, ks_u16 type,
				 ks_u64 runs, void *self, void *twin, bool is_driver, bool apply)
{
	size_t twin_room = 0, room = apply ? ks_object_room(end, self, type, &twin_room) : 0;

	if (is_driver) /* the kernel may know of more by now */
		room = ks_object_bytes(end, self, true);

	for (; runs && !message->error; runs--) {
		const struct ks_run *run = ks_message_take(message, sizeof(*run));
		const ks_u8 *from = run ? ks_message_take(message, run->size) : NULL;

		if (!from || !apply || !self)
			continue;
		if (run->offset > room || run->size > room - run->offset)
			ks_message_bad(message, "more than the object has room for");
		else if (!ks_lent_may_write(end, (ks_u8 *)self + run->offset, run->size))
			ks_message_bad(message, "a write to memory that was not given for it");
		else if (ks_lent_is_there(end, self))
			ks_take_run((ks_u8 *)self + run->offset,
				    twin && run->offset + run->size <= twin_room ?
					    (ks_u8 *)twin + run->offset :
					    NULL,
				    from, run->size, is_driver);
	}
}

/* ---- classes: fields of a struct that cross in whichever object they are ---- */

struct ks_class {
	ks_u16 type;
	ks_u32 words;	 /* of the mask that a part to put begins with */
	size_t put_size; /* of such a part; 0 and no function: none ever is */
	size_t get_size;
	void (*put)(struct ks_end *end, struct ks_message *message, const struct ks_home *home,
		    void *wire, void *self, void *twin, const ks_u64 *wanted);
	void (*get)(struct ks_end *end, struct ks_message *message, const struct ks_home *home,
		    const void *wire, void *self, void *twin, bool apply);
};

/* The fields of a class that a crossing brings up to date. */
struct ks_clause {
	ks_u32 number; /* of the class */
	const ks_u64 *wanted;
};

/* Before each part; the last one is all zeroes. */
struct ks_class_head {
	struct ks_place place;
	ks_u64 number; /* of the class, plus one */
};

/* What has changed in one object since the other end last had it, if anything has. */
static inline void ks_put_class_of(struct ks_end *end, struct ks_message *message,
				   const struct ks_class *class_of, ks_u32 number,
				   const ks_u64 *wanted, const struct ks_walk *walk,
				   struct ks_place place, bool is_driver)
{
	const ks_u32 mark = message->size;
	struct ks_class_head *head = ks_message_reserve(message, sizeof(*head));
	ks_u64 *wire = head ? ks_message_reserve(message, class_of->put_size) : NULL;
	struct ks_home home =
		ks_home_object(0, place.ref, class_of->type, walk->address, is_driver);
	ks_u32 i;

	if (!wire)
		return;
	head->place = place;
	head->number = number + 1;
	class_of->put(end, message, &home, wire, walk->address, walk->twin, wanted);
	for (i = 0; i < class_of->words; i++)
		if (wire[i])
			return;
	message->size = mark;
}

static inline void ks_put_class(struct ks_end *end, struct ks_message *message,
				const struct ks_class *classes, ks_u32 number, const ks_u64 *wanted,
				ks_u64 since, bool is_driver)
{
	struct ks_walk walk = { 0 };
	struct ks_place place;

	if (!classes[number].put)
		return;
	while (!message->error && ks_walk_next(end, &walk, classes[number].type, &place))
		if (walk.twin && walk.serial > since)
			ks_put_class_of(end, message, &classes[number], number, wanted, &walk,
					place, is_driver);
}

/*
 * What the clauses say of all objects; and of those that have been made since the message was begun,
 * which the other end sees for the first time, everything. A pointer that is sent may make an
 * object known, too.
 */
static inline void ks_put_classes(struct ks_end *end, struct ks_message *message,
				  const struct ks_class *classes, ks_u32 class_count,
				  const struct ks_clause *clauses, ks_u32 clause_count,
				  ks_u64 since, bool is_driver)
{
	ks_u32 i;

	for (i = 0; i < clause_count; i++)
		ks_put_class(end, message, classes, clauses[i].number, clauses[i].wanted, 0,
			     is_driver);
	while (!message->error && since != ks_objects_made(end)) {
		const ks_u64 made = ks_objects_made(end);

		for (i = 0; i < class_count; i++)
			ks_put_class(end, message, classes, i, NULL, since, is_driver);
		since = made;
	}
	ks_message_reserve(message, sizeof(struct ks_class_head));
}

static inline void ks_get_classes(struct ks_end *end, struct ks_message *message,
				  const struct ks_class *classes, ks_u32 class_count,
				  bool is_driver, bool apply)
{
	const struct ks_class_head *head;

	while ((head = ks_message_take(message, sizeof(*head))) && head->number) {
		const struct ks_class *class_of;
		struct ks_home home;
		const void *wire;
		bool ended, applies;
		void *object;

		if (head->number > class_count) {
			ks_message_bad(message, "no such class");
			return;
		}
		class_of = &classes[ks_index(head->number - 1, class_count)];
		if (!class_of->get) {
			ks_message_bad(message, "a class that this end is given nothing of");
			return;
		}
		if (!head->place.ref) {
			ks_message_bad(message, "a class without an object");
			return;
		}
		wire = ks_message_take(message, class_of->get_size);
		if (!wire)
			return;
		/* Nothing is written to what has ended on the way. */
		ended = !is_driver && ks_ref_ended(end, head->place.ref);
		applies = apply && !ended;
		object =
			ended ? NULL :
				ks_take_object(end, message, head->place, class_of->type, 0, apply);
		if (message->error)
			return;
		home = ks_home_object(0, head->place.ref, class_of->type, object, is_driver);
		class_of->get(end, message, &home, wire, object,
			      applies ? ks_object_twin(end, object, class_of->type) : NULL,
			      applies);
	}
}

#endif
