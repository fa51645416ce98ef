/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * All that generated glue sees of the runtime. The same text compiles for the
 * kernel and for user space.
 *
 * A domain has two ends, the kernel's and the driver's: each is a struct
 * ks_end. An end holds objects of its own and shadows of the other's, and
 * answers crossings. What is on the wire is a ks_message: packed structs that
 * the glue lays out, references instead of pointers, numbers instead of
 * functions.
 *
 * The message that glue works on is private to its end: a transport copies it
 * over once, before it is parsed. The kernel's end trusts nothing in it.
 *
 * Nothing here sleeps; everything may be called with interrupts off, unless
 * its comment says otherwise.
 */
#ifndef KS_RT_H
#define KS_RT_H

#include "ks-rt/integers.h"

#ifdef __KERNEL__
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#else
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define MAX_ERRNO 4095

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *pointer)
{
	return (long)pointer;
}

static inline bool IS_ERR(const void *pointer)
{
	return (unsigned long)pointer >= (unsigned long)-MAX_ERRNO;
}
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A reference to an object, as it crosses. 0 is NULL.
 *
 *	bit 63     the object is the driver's own (else the kernel's)
 *	bits 48-62 type, an index into the interface's types, plus one
 *	bits 24-47 generation of the slot
 *	bits 0-23  slot in the owner's table
 */
typedef ks_u64 ks_ref;

/*
 * A pointer, as it crosses: a whole object and a place in it. The receiver takes its own copy's
 * address plus the offset. The extent is the whole's size as the sender knows it: that of a shadow
 * that is made for it. NULL is all zeroes.
 */
struct ks_place {
	ks_ref ref;
	ks_u32 offset;
	ks_u32 extent;
};

/* Nothing is in the first page, nor at what stands for an error: such a pointer is a number. */
static inline bool ks_is_address(const void *pointer)
{
	return (size_t)pointer >= 4096 && (size_t)pointer < (size_t)-4095;
}

/* Of an address of the kernel's. */
#ifdef __KERNEL__
#define KS_TOP_BYTE 0xff
#else
#define KS_TOP_BYTE 0
#endif

/*
 * Whether something may lie there: in the upper half of the kernel's addresses; in user space, where both ends
 * are, in a processor's lower half. What marks a list's node that is in no list, memory that was freed, or
 * bits that mean something else lead nowhere; addresses of user space lead nowhere that an end looks.
 */
static inline bool ks_may_be_followed(const void *pointer)
{
	const ks_u64 value = (size_t)pointer;

	if (!ks_is_address(pointer) || value >> 56 != KS_TOP_BYTE)
		return false;
	return KS_TOP_BYTE || (value >> 16 && !(value >> 47));
}

/* A number crosses where a place without a reference has nothing to say. */
static inline struct ks_place ks_place_of_number(const void *number)
{
	const ks_u64 value = (size_t)number;
	struct ks_place place = { 0, (ks_u32)value, (ks_u32)(value >> 32) };

	return place;
}

static inline void *ks_place_number(struct ks_place place)
{
	return (void *)(size_t)((ks_u64)place.extent << 32 | place.offset);
}

/* Whether it is the number of an error, which code that it comes to must bear. */
static inline bool ks_place_is_error(struct ks_place place)
{
	return !place.ref && (size_t)ks_place_number(place) >= (size_t)-4095;
}

/*
 * The type of a block of memory of the driver's, which is whatever its users take its parts for; and
 * of a pointer that does not say what it points to: any place in an object.
 */
#define KS_BLOCK 0x7ffe

#define KS_MESSAGE_SIZE 32768 /* payload bytes of one message, at most */

struct ks_end;

/*
 * A message under construction or being read. `error` sticks: after the first
 * failed reserve or take every later one fails too, so glue may check once.
 */
struct ks_message {
	ks_u8 *data;	 /* capacity bytes, private to this end */
	ks_u32 size;	 /* bytes written so far, or received */
	ks_u32 position; /* bytes read so far */
	ks_u32 capacity;
	int error;		  /* 0 or a negative errno */
	const char *why;	  /* the first reason given to ks_message_bad(), for the log */
	bool is_driver;		  /* made at the driver's end */
	ks_u64 turn;		  /* among what its sender has written; 0: in none */
	struct ks_end *turn_of;	  /* which is writing or reading it meanwhile; */
	unsigned long turn_state; /* what that is to be ended with */
	const char *function;	  /* whose call or answer it is, for the log; NULL if not known */
};

/* Room for n more bytes, zeroed, 8-byte aligned; NULL and error -EMSGSIZE if full. */
void *ks_message_reserve(struct ks_message *message, size_t n);

/* The next n received bytes, 8-byte aligned; NULL and error -EBADMSG if there are fewer. */
const void *ks_message_take(struct ks_message *message, size_t n);

/* As take, but for a part that the reader may scribble on (arguments by pointer). */
void *ks_message_take_mutable(struct ks_message *message, size_t n);

/* Reads from the start again: the second pass, after the first has checked it all. */
void ks_message_rewind(struct ks_message *message);

/*
 * Around all that is written of shared objects, up to ks_call() or the end of an answer: what a message takes along
 * no other one does, and it is read before what is written after it. One thread of an end at a time writes or
 * reads, with interrupts off. Nothing crosses meanwhile, and nothing sleeps.
 */
void ks_collect(struct ks_end *end, struct ks_message *message);

/* Around all that is read; waits until what was written before has been read. ks_applied() may come twice. */
void ks_apply(struct ks_end *end, struct ks_message *message);
void ks_applied(struct ks_end *end, struct ks_message *message);

/* Empties the message so that a reply can be written into it. */
void ks_message_reset(struct ks_message *message);

/*
 * Marks the message bad, with the reason for the log; returns -EBADMSG. At the kernel's end this
 * stops the domain, so it is for what was received.
 */
int ks_message_bad(struct ks_message *message, const char *why);

/* An error of this end's own, such as -EMSGSIZE for what cannot be sent; the first one stays. */
void ks_message_fail(struct ks_message *message, int error);

/*
 * Puts the text that a printf-like format and its arguments make, as a string crosses; returns its
 * slot. Formatted here, with what this end's printf knows: a format never crosses as one.
 */
ks_u32 ks_put_format(struct ks_message *message, const char *format, __builtin_va_list arguments);

/* ---- interfaces: what the glue of one end tells the runtime ---- */

struct ks_type {
	const char *name; /* "struct net_device" */
	ks_u32 size;	  /* bytes; 0 if opaque: a shadow is then only an identity */
	bool kept; /* its objects, and what contains them, have twins at the kernel's end, too */
};

/* Of an array that a struct ends with: as many elements as its object has room for. */
#define KS_PART_OPEN (~0u)

/* Where a type lies inside another one: `count` times, `stride` bytes apart. */
struct ks_part {
	ks_u16 outer, inner;
	ks_u32 offset;
	ks_u32 stride;
	ks_u32 count;
};

/* How many bytes an object of this end has beyond its type, as what is in it says. */
struct ks_extra {
	ks_u16 type;
	size_t (*bytes)(const void *object);
};

/* How many bytes from its start on the driver's code takes an object of the kernel's to have. */
struct ks_room {
	ks_u16 type;
	ks_u32 bytes;
};

/* A field of the kernel's objects on which the kernel's end makes the atomic steps of the driver's code. */
struct ks_owner {
	ks_u16 type;
	ks_u32 offset;
	ks_u32 size;
};

/* A variable of the driver's that pointers into may cross; NULL if it is not there after all. */
struct ks_variable {
	void *address;
	size_t size;
	ks_u32 elements; /* type of the struct that it is, or of those of an array, plus one; or 0 */
};

/*
 * A function that may cross by number. `address` is what this end's code calls or compares:
 * its own function, or the stub that stands for the other end's.
 */
struct ks_function {
	const char *name;
	void (*address)(void);
};

/*
 * The index, which is below `count`, or 0, also where the processor guesses how a comparison ends: for
 * tables of the kernel's that a driver's number indexes.
 */
static inline size_t ks_index(size_t index, size_t count)
{
	__asm__("" : "+r"(index));
	return index & ~(size_t)((long)(index | (count - 1 - index)) >> 63);
}

/*
 * How many different functions of the kernel's of one operation can be known to a domain. A module that
 * such a function is of stays for as long as the domain is open.
 */
#define KS_OPERATION_FUNCTIONS 64

/*
 * Functions of the kernel's, all of one prototype, that have no number of their own: the driver gets
 * to see them as handles, which the kernel's end gives out. Of the driver's end, the stub that stands
 * for each handle.
 */
struct ks_operation {
	const char *name;
	void (*const *stubs)(void); /* KS_OPERATION_FUNCTIONS of them */
};

/* What may be stored in one place. */
struct ks_signature {
	const ks_u32 *numbers; /* of functions */
	ks_u32 count;
	ks_u32 operation; /* whose handles are good, too: its row plus one, or 0 */
};

/* A kernel global that the driver names. Same order at both ends. */
struct ks_global {
	const char *name;
	void *address; /* the kernel's object; the driver's stand-in */
	ks_u16 type;
};

#define KS_HOLD_WORDS 3

/* A call that gives back what the driver holds of the kernel's. */
struct ks_undo {
	const char *name; /* of the function */
	void (*run)(const ks_u64 *words);
	bool lock; /* given back by the crossing in which it was taken */
	bool once; /* undone once, however often it was done */
	bool given; /* only undone when the driver frees the object that it is about, and then once */
	bool counted; /* a reference: dropped no more often than taken, and left if it is not dropped */
};

struct ks_interface {
	const char *name; /* of the driver */
	ks_u64 hash;	  /* of the IDL; both ends must have the same */
	bool is_driver;
	const struct ks_type *types;
	ks_u32 type_count;
	const struct ks_function *functions; /* number n is functions[n - 1]; 0 is NULL */
	ks_u32 function_count;
	const struct ks_global *globals;
	ks_u32 global_count;
	const char *const *crossings; /* names, for logs and statistics */
	ks_u32 crossing_count;
	/*
	 * Answers crossing `crossing`: reads its arguments from message, resets
	 * it, writes the reply. Returns 0 or a negative errno; -EBADMSG from the
	 * kernel's end stops the domain.
	 */
	int (*dispatch)(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
	const struct ks_undo *undos; /* of the kernel's end */
	ks_u32 undo_count;
	const struct ks_part *parts; /* by outer type, then by inner type */
	ks_u32 part_count;
	const struct ks_extra *extras;
	ks_u32 extra_count;
	const struct ks_owner *owners;
	ks_u32 owner_count;
	const struct ks_room *rooms; /* of the driver's end */
	ks_u32 room_count;
	const struct ks_variable *variables; /* of the driver's end */
	ks_u32 variable_count;
	const struct ks_operation *operations; /* same order at both ends */
	ks_u32 operation_count;
};

/* ---- crossings ---- */

/*
 * A message buffer for one crossing, from the end's pool; NULL if all are in
 * use or the domain is stopped. Pairs with ks_message_put().
 */
struct ks_message *ks_message_get(struct ks_end *end);
void ks_message_put(struct ks_end *end, struct ks_message *message);

/*
 * Carries `message` to the other end, runs crossing `crossing` there, and leaves its reply in
 * `message`, rewound. Returns 0, or the error of the other end or of the
 * transport (-EIO: the domain is stopped). Sleeps only if the callee does.
 */
int ks_call(struct ks_end *end, ks_u32 crossing, struct ks_message *message);

/* An atomic step under way; ks-link reserves KS_STEP_BYTES for it. */
struct ks_step {
	ks_u64 value; /* what the step is made on */
	ks_u64 before;
	struct ks_place place;
	ks_u32 owner, offset, size;
};
#define KS_STEP_BYTES 64

/*
 * Around an atomic step of the driver's code on `size` bytes at `at`: where it is to be made. That is `at` itself,
 * and then there is no more to it, or a copy; then ks_step_end() says whether the owner has taken what has become
 * of that. If not, `at` holds what the owner has there, and the step is to be made again.
 */
void *ks_step_begin(struct ks_end *end, void *at, size_t size, struct ks_step *step);
bool ks_step_end(struct ks_end *end, void *at, struct ks_step *step);

/* ---- objects ---- */

/*
 * What stands for the `type` at `address`: in this order, the object of that type there, own or
 * shadow; its place in the innermost object that has such a part there; at the driver's end its
 * place in the block or variable that it lies in, an object of type KS_BLOCK; or a new own object.
 * `type` is an index into the interface's types. NULL gives NULL, and what is no address the number that
 * it is: the driver's end takes it, the kernel's refuses errors. Small numbers of the driver's give NULL. On failure (no memory, table
 * full) marks message failed and returns NULL. Of type KS_BLOCK: whatever is known to lie around the
 * address; where nothing is, a place without a reference, and no failure.
 */
struct ks_place ks_object_place(struct ks_end *end, struct ks_message *message, const void *address,
				ks_u16 type);

/* What a `type` may be a part of, `offset` bytes after its start, that a pointer in a holder leads to. */
struct ks_whole {
	ks_u16 holder; /* the type around such pointers, or KS_BLOCK: any */
	ks_u16 type;
	ks_u32 holder_offset; /* of the struct with the pointer, in the holder */
	ks_u32 offset;
	bool local; /* the driver has such objects on its stack, too */
};

/*
 * As ks_object_place, of a pointer in the struct at `holder`. Unless the address is known to lie in a
 * larger object, it is a place in one of these wholes: one that is known to be there; else the only
 * one that pointers in such holders lead into and that can be there; else the only one that can be
 * there. Where there are several, nothing is known of what is around it. Memory of which the driver's
 * end knows nothing is its stack: only wholes that are local can be there. *chosen says which whole is
 * there, counted from 1, or 0; so that its receiver knows, too. It may be NULL.
 */
struct ks_place ks_object_place_inside(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, const void *holder,
				       const struct ks_whole *wholes, ks_u32 count, ks_u32 *chosen);

/*
 * A place that has come is a part of this whole, of which this end may know no more than the memory that it lies in.
 * Marks message bad if it cannot be; with `apply`, the whole is known from then on, also if the object is not
 * yet, where `makes` says so. Of objects of this end's own, nothing is learned.
 */
void ks_object_whole(struct ks_end *end, struct ks_message *message, struct ks_place place,
		     const struct ks_whole *whole, bool makes, bool apply);

/* The object at this address is new: forgets any that began here, and makes another one. */
struct ks_place ks_object_place_fresh(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type);

/*
 * The place of `size` bytes that nothing says more of than that they are there. What is not known to lie
 * in anything is an object of its own, which is new if it was smaller.
 */
struct ks_place ks_object_place_memory(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, size_t size);

/*
 * As that, of no more than these bytes, in a block or a variable of the driver's. Where they are not known
 * to lie in one: a place without a reference, and no failure.
 */
struct ks_place ks_object_place_bytes(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type, size_t size);

/*
 * The kernel's end: the place of `bytes` bytes of the kernel's plain memory, of all that is known to lie there, or of
 * a text, which the driver keeps. It lies in the block that the kernel's allocator has given out, as far as one is
 * known. The driver may point to what has been lent of it, and write to what was lent for writing. The driver's
 * own memory is a place in that.
 */
#define KS_LENT_ALL (~(size_t)0)
struct ks_place ks_object_place_lent(struct ks_end *end, struct ks_message *message,
				     const void *address, ks_u16 type, size_t bytes, bool writes);
/* As that, of a struct that only the driver has: for writing, too, where an allocator has given it out. */
struct ks_place ks_object_place_inner(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type, size_t bytes);
struct ks_place ks_object_place_text(struct ks_end *end, struct ks_message *message,
				     const void *address, ks_u16 type);
/* As the first; but what lies in a struct that both ends know is a place in that, whose members cross. */
struct ks_place ks_object_place_member(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, size_t bytes, bool writes);

/*
 * As the first, of bytes that a member of the struct at `holder` leads to, and that the driver moves in their block: it
 * may point to all of that, and write to it, up to `limit` if there is one, for as long as the holder is known.
 * A place without a reference, and no failure, where no block is known, or what lies there is a struct.
 */
struct ks_place ks_object_place_moved(struct ks_end *end, struct ks_message *message,
				      const void *holder, ks_u16 holder_type, const void *address,
				      ks_u16 type, size_t bytes, const void *limit);

static inline bool ks_ref_is_lent(ks_ref ref)
{
	return ref >> 48 == KS_BLOCK + 1;
}

/* Whether what is lent may still be looked at; if it is not there any more, it is dropped. */
bool ks_lent_is_there(struct ks_end *end, const void *address);
/*
 * How many of its bytes, of these, are to be compared with what the driver has: as many as have been lent from there
 * on, and none a second time of what does not change, or may not be there. All, of what is not lent.
 */
size_t ks_lent_sends(struct ks_end *end, const void *address, ks_u16 type, size_t room);
/* Whether the driver may write there: anywhere but in what is lent, and there to what was lent for that. */
bool ks_lent_may_write(struct ks_end *end, const void *address, size_t size);
/* Whether a text ends in what is lent, which the driver cannot change; so it is with all that is not lent. */
bool ks_lent_is_text(struct ks_end *end, const void *address);

/*
 * Whether the address lies in the driver's memory; at the kernel's end, in what it was sent of that, also
 * if the driver has given it back since.
 */
bool ks_object_is_drivers(struct ks_end *end, const void *address);

/*
 * How many bytes there are from there to the end of what is known to lie around it; of the kernel's own scalars
 * its allocator's block, and no more than a part of a message. 0 if nothing is known, which is said once.
 */
size_t ks_object_bytes(struct ks_end *end, const void *address, bool is_scalars);
/*
 * How many of `size` bytes are there from the address on, as far as the kernel's end knows of the block: what code was
 * seen to look at says nothing of what it is given. All of them where nothing is known, and at the driver's end.
 */
size_t ks_bytes_there(struct ks_end *end, const void *address, size_t size);
/* As ks_object_bytes, of scalars, and nothing is said. */
size_t ks_known_extent(struct ks_end *end, const void *address);
/* The same of a text: where nothing is known to lie around it in the driver's memory, it goes up to its end. */
size_t ks_text_bytes(struct ks_end *end, const char *address);

/*
 * An address that crosses as a number (numbers.c). What the kernel's end sends is remembered at both ends. What the
 * kernel's end gets, and has not sent, is veiled if it could be followed: no address, until it is sent back.
 * Both return what is to be sent, and what the receiver is to have.
 */
const void *ks_number_sent(struct ks_end *end, struct ks_message *message, const void *number);
void *ks_number_got(struct ks_end *end, const void *number);
/* At the kernel's end, whether it has been sent, or got, as a number: it leads to nothing that may be lent. */
bool ks_number_has_crossed(struct ks_end *end, const void *number);
/* Whether the kernel has sent it; at the driver's end, unless memory of the driver's is there. */
bool ks_number_is_kernels(struct ks_end *end, const void *number);

/*
 * As ks_object_place, of `count` of them side by side in one object: one that is made for them is as
 * large as all. Where they lie in several objects, and of none: a place without a reference, and no
 * failure; that is said once.
 */
struct ks_place ks_object_place_row(struct ks_end *end, struct ks_message *message,
				    const void *address, ks_u16 type, ks_u64 count);

/*
 * What `place` stands for at this end, where it must be known already: an object, own or shadow,
 * with a `type` there. NULL gives NULL. Anything else marks message bad and returns NULL.
 */
void *ks_object_find(struct ks_end *end, struct ks_message *message, struct ks_place place,
		     ks_u16 type);

/*
 * As ks_object_find, but makes a zeroed shadow if the other end's object has none here yet, of the
 * place's extent and with at least `size` bytes (0: the type's size) for the type; and says of a
 * block's shadow that the type lies there, unless it has been said to be something else. A shadow
 * lives until either end drops its reference.
 */
void *ks_object_shadow(struct ks_end *end, struct ks_message *message, struct ks_place place,
		       ks_u16 type, size_t size);

/* As that, of no more than `size` bytes of the type. */
void *ks_object_shadow_bytes(struct ks_end *end, struct ks_message *message, struct ks_place place,
			     ks_u16 type, size_t size);

/* How many processors there may be, as many at both ends: so many places stand for per-CPU memory. */
ks_u32 ks_percpu_count(void);

/*
 * The places of what lies at `start` in the memory of each processor, one object each of the type. False, and
 * the message marked failed, if they cannot all be had.
 */
bool ks_percpu_places(struct ks_end *end, struct ks_message *message, const void *start,
		      ks_u16 type, struct ks_place *places);

/*
 * Where what these places stand for starts here: all are known, and are one per-CPU memory of this end's; or
 * none is, and with `apply` zeroed per-CPU memory is made for them, which lives as long as one of them does, and
 * at the kernel's end as long as `holder`, if that is not NULL: an object that has a pointer to it from now on.
 * Without `apply` nothing is made. Anything else marks message bad and gives NULL.
 */
void *ks_percpu_shadow(struct ks_end *end, struct ks_message *message, const void *holder,
		       const struct ks_place *places, ks_u16 type, bool apply);

/*
 * Checks, for the first pass, that ks_object_shadow would accept `place`, without making anything.
 */
bool ks_object_acceptable(struct ks_end *end, struct ks_message *message, struct ks_place place,
			  ks_u16 type);

/*
 * The last synchronised state of what is there: what the other end has. Zeroed when made. A field
 * that differs from its twin has been changed here since. The twin of a part is inside its whole's.
 * At the kernel's end only what is kept has one. NULL for opaque types, and for unknown objects.
 */
void *ks_object_twin(struct ks_end *end, const void *object, ks_u16 type);

/*
 * How many bytes there are from the `type` there to the end of the object that it lies in, and to the
 * end of its twin; none of what is not known here.
 */
size_t ks_object_room(struct ks_end *end, const void *address, ks_u16 type, size_t *twin);

/*
 * At the kernel's end, of what the driver has sent: so many bytes from the `type` there on are that struct and the
 * array that it ends with, and nothing else from now on. The message is bad if something else is known to be there.
 */
void ks_object_array(struct ks_end *end, struct ks_message *message, const void *address,
		     ks_u16 type, size_t bytes);

/*
 * The next place at this end where a `type` lies, in an own object or a shadow, as object, part or
 * face; false after the last one. Objects may come and go between two calls: what is there all the
 * time is met once.
 */
struct ks_walk {
	void *address; /* of the one met */
	void *twin;    /* or NULL */
	ks_u64 serial; /* what ks_objects_made() was when it had been made */
	ks_u32 slot;   /* where to look next */
	ks_u32 offset;
	bool shadows;
};
bool ks_walk_next(struct ks_end *end, struct ks_walk *walk, ks_u16 type, struct ks_place *place);

/* Rises with every object and face that is made at this end. */
ks_u64 ks_objects_made(struct ks_end *end);

/* The end's code has left all stack frames below this one: what lay in them is no object any more. */
void ks_stack_left(struct ks_end *end, const void *frame);

/* The scope of a local of the driver's ends, before its frame does. */
void ks_scope_left(const void *address, size_t size);

/*
 * The domain's allocators have freed, or are about to free, this memory of the driver's: what lay in
 * it is no object any more.
 */
void ks_block_freed(const void *address, size_t size);

/*
 * The domain's allocators are asked to free this: true if it is a shadow of the kernel's object, which
 * is then for the kernel's end to free, and is not the allocator's.
 */
bool ks_shadow_freed(const void *address);

/* Both of per-CPU memory that begins there: true if it is the kernel's. */
bool ks_percpu_freed(const void *start);

/* The kernel frees this memory: what lay in it is no object any more. In any context. */
void ks_memory_freed(const void *address, size_t size);

/*
 * The kernel's end: what it finds between these, which nest, is not freed before the second one, if the kernel tells
 * ks_memory_freed() of it. Interrupts are off meanwhile. ks_look() returns what ks_looked() is to be given.
 */
unsigned long ks_look(void);
void ks_looked(unsigned long state);

/* In user space: `page` stands for these `size` bytes, and no other memory has such a number. */
void ks_user_page(const void *page, const void *start, size_t size);

/* In user space: whether who plays the kernel calls ks_memory_freed(), which is so at first. */
void ks_user_sees_frees(bool sees);
/*
 * In user space: how many processors there are, and what is added to the start of per-CPU memory to find that of
 * each, at both ends; one at first.
 */
void ks_user_processors(ks_u32 count, const unsigned long *offsets);
/* In user space: whether functions can be held, and how many are; at first they can. */
ks_u32 ks_user_holds_functions(bool holds);
/* In user space: whether what may sleep waits until it is called again; at first it is done at once. */
void ks_user_defers(bool defers);

/* For allocators that cannot say which block an address lies in: an index of what they give out. */
void ks_block_add(const void *address, size_t size);
/* No block any more; its size, 0 if it was none. Includes ks_block_freed(). */
size_t ks_block_remove(const void *address);

/* The own object of `place` is this many bytes larger than its type: what lies there ends with it. */
void ks_object_extend(struct ks_end *end, struct ks_place *place, size_t extra);

/*
 * Ends the reference to the whole that this is or lies in: a shadow here is freed, and the other end
 * drops its own when it hears of it.
 */
void ks_object_drop(struct ks_end *end, const void *object, ks_u16 type);

/*
 * As ks_object_drop, by reference; 0 and unknown references are ignored. For an object that the
 * call itself has freed: glue takes the reference before the call and drops it after, since by
 * then another object may live at the same address. One end dropping is enough.
 */
void ks_ref_drop(struct ks_end *end, ks_ref ref);

/*
 * The call that this thread is about to make gives back the object of `ref`, after which another
 * thread may have another object at its address. Followed by ks_ref_drop(). False if the object is
 * not there any more, or somebody is giving it back already: one thread does.
 */
bool ks_ref_ending(struct ks_end *end, ks_ref ref);

/*
 * Before and after a call that may free the object of `ref`, or not: after it the reference is known
 * if the object is there. Where there is no telling, it ends, as by ks_ref_drop(), unless the driver has another
 * reference to it, or the call says by its result that it has not `freed` it.
 */
void ks_ref_at_risk(struct ks_end *end, ks_ref ref);
void ks_ref_after_risk(struct ks_end *end, ks_ref ref, bool freed);

/*
 * Whether `ref` still stands for an object here. After a call, glue asks before it writes what came
 * back into an object: a nested crossing may have given the object away.
 */
bool ks_ref_known(struct ks_end *end, ks_ref ref);

/*
 * Whether `ref`, which has come, stood for an object of this end's own that has ended: the kernel may have freed it on
 * another processor while the message was on its way.
 */
bool ks_ref_ended(struct ks_end *end, ks_ref ref);

/*
 * Storage that belongs to an object and is freed with it: what one of its
 * pointer fields points to (a string, a buffer). `field` tells several apart.
 * Zeroed when it grows or is new; the same address while it is large enough.
 * NULL if there is no memory, or if `object` is none at the driver's end (marks message bad). At the kernel's end, an
 * object that is none has just been freed: then it is scratch memory.
 */
void *ks_object_attach(struct ks_end *end, struct ks_message *message, const void *object,
		       ks_u16 type, ks_u32 field, size_t size);

/*
 * A string of so many bytes, its NUL included, for a pointer in a struct that is no object: a local variable, whose
 * user may keep it. The same for the same text; it stays as long as the domain, and longer if the kernel may hold it.
 * NULL if there is no memory, or of too many texts (marks message bad).
 */
char *ks_text_keep(struct ks_end *end, struct ks_message *message, const char *from, size_t size);

/*
 * A copy of a table of pointers, of so many bytes, that this end's code keeps beyond the call: the same one for the
 * same table, which the other end has at `at`, and use, which `what` tells from others; it has the new content then. One
 * that grows is replaced, and the old one kept. It stays as long as the domain, and longer if the kernel may hold it;
 * zeroes follow. NULL if `from` is, or there is no memory, or of too many tables (marks message bad).
 */
void *ks_table_keep(struct ks_end *end, struct ks_message *message, ks_u32 what, ks_u64 at,
		    const void *from, size_t size);

/*
 * Whether the address lies in what is attached there, or right behind it, and how many bytes after its start;
 * 0 if it does not.
 */
bool ks_object_attached(struct ks_end *end, const void *object, ks_u16 type, ks_u32 field,
			const void *address, size_t *moved);

/*
 * Storage that lives until ks_message_put() of the message (scratch copies of objects that have no
 * identity). Zeroed; of a page or more it begins at a page, where there is room. At most KS_MESSAGE_SIZE bytes
 * in all; NULL and -EMSGSIZE after that.
 */
void *ks_scratch(struct ks_message *message, size_t size);

/* ---- what a stopped domain cannot give back itself: the kernel's end only ---- */

/*
 * Notes, before it is done, that undos[undo] with these KS_HOLD_WORDS words will have to be done if
 * the driver does not: for a lock when the crossing fails in which it was taken, since the domain
 * was stopped; else when the domain is closed. The note ends with ks_let_go(), and when this end
 * drops the object of `ref` (0: none). False if there is no memory (marks message failed).
 * A reference is noted after it was taken; if the driver does not drop it, it stays: it may have been handed over.
 */
bool ks_hold(struct ks_end *end, struct ks_message *message, ks_u32 undo, ks_ref ref,
	     const ks_u64 *words);

/*
 * Around a call that gives the driver an object which it may free: it is noted before; if it is freed
 * during the call it is so after it, if the driver has taken it. If it was not taken, that call has not
 * given it, and a driver that has freed it is stopped. False if there is nothing to be said after the call.
 */
bool ks_offer(struct ks_end *end, struct ks_message *message, ks_u32 undo, ks_ref ref,
	      const ks_u64 *words);
void ks_offered(struct ks_end *end, ks_u32 undo, const ks_u64 *words, bool taken);

/* Ends the newest note of that undo and those words; false if there is none. */
bool ks_let_go(struct ks_end *end, ks_u32 undo, const ks_u64 *words);

/*
 * Ends a note of a reference, before it is dropped: of that undo and those words, else of another undo of the object
 * of `ref`. False if the driver has none, of an object that the kernel has made by itself: others come with references.
 */
bool ks_reference_drop(struct ks_end *end, ks_u32 undo, ks_ref ref, const ks_u64 *words);

/* The object of `ref` may have come with references: ks_reference_drop() does not count them. */
void ks_object_entrust(struct ks_end *end, ks_ref ref);

/* ---- functions ---- */

/*
 * The number of a function pointer at this end that is to be stored in such a place, 0 for NULL. The
 * kernel's end gives out a handle for what has none that may be there, if the place takes handles.
 * Marks message failed if there is no number: -EINVAL; -ENOSPC, and the log says so once, if no
 * handle was left; -ENOENT if the module that the function is of is being unloaded.
 */
ks_u32 ks_function_number(struct ks_end *end, struct ks_message *message, void (*address)(void),
			  const struct ks_signature *signature);

/*
 * The function that `number` stands for: one of those that may be stored in this place, or a
 * handle of the place's operation. At the kernel's end such a handle must have been given out before,
 * for that operation. Anything else marks message bad. 0 gives NULL.
 */
void (*ks_function_at(struct ks_end *end, struct ks_message *message, ks_u32 number,
		      const struct ks_signature *signature))(void);

/* ---- the two ends' lives ---- */

/*
 * The driver's module offers its end; the kernel's module opens the domain of that name and
 * gets the kernel's end, paired. Errors: -EEXIST, -ENOENT, -ENOEXEC (IDL hashes differ),
 * -ENOMEM as ERR_PTR. May sleep.
 */
struct ks_end *ks_domain_offer(const struct ks_interface *driver);
void ks_domain_withdraw(struct ks_end *driver);
struct ks_end *ks_domain_open(const struct ks_interface *kernel);
void ks_domain_close(struct ks_end *kernel);

/* Stops the domain: every later crossing is answered with -EIO. Logs why once. */
void ks_domain_stop(struct ks_end *end, const char *why);
bool ks_domain_stopped(const struct ks_end *end);

#ifdef __cplusplus
}
#endif

#endif
