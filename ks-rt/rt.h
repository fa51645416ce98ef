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

#define KS_MESSAGE_SIZE 8192 /* payload bytes of one message, at most */
#define KS_STRING_MAX 1024   /* bytes of a string, its NUL included, at most */

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
	int error;	 /* 0 or a negative errno */
	const char *why; /* the first reason given to ks_message_bad(), for the log */
};

/* Room for n more bytes, zeroed, 8-byte aligned; NULL and error -EMSGSIZE if full. */
void *ks_message_reserve(struct ks_message *message, size_t n);

/* The next n received bytes, 8-byte aligned; NULL and error -EBADMSG if there are fewer. */
const void *ks_message_take(struct ks_message *message, size_t n);

/* As take, but for a part that the reader may scribble on (arguments by pointer). */
void *ks_message_take_mutable(struct ks_message *message, size_t n);

/* Reads from the start again: the second pass, after the first has checked it all. */
void ks_message_rewind(struct ks_message *message);

/* Empties the message so that a reply can be written into it. */
void ks_message_reset(struct ks_message *message);

/*
 * Marks the message bad, with the reason for the log; returns -EBADMSG. At the kernel's end this
 * stops the domain, so it is for what was received.
 */
int ks_message_bad(struct ks_message *message, const char *why);

/* An error of this end's own, such as -EMSGSIZE for what cannot be sent; the first one stays. */
void ks_message_fail(struct ks_message *message, int error);

/* ---- interfaces: what the glue of one end tells the runtime ---- */

struct ks_type {
	const char *name; /* "struct net_device" */
	ks_u32 size;	  /* bytes; 0 if opaque: a shadow is then only an identity */
};

/*
 * A function that may cross by number. `address` is what this end's code calls or compares:
 * its own function, or the stub that stands for the other end's.
 */
struct ks_function {
	const char *name;
	void (*address)(void);
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

/* ---- objects ---- */

/*
 * The reference that stands for `object` at this end: that of the other end's
 * object if `object` is its shadow here, else one for an own object, made on
 * first use. `type` is an index into the interface's types. NULL gives 0. On
 * failure (no memory, table full) marks message bad and returns 0.
 */
ks_ref ks_object_ref(struct ks_end *end, struct ks_message *message, const void *object,
		     ks_u16 type);

/* Forgets any reference to an object at this address, and makes a new one: the object is new. */
ks_ref ks_object_ref_fresh(struct ks_end *end, struct ks_message *message, const void *object,
			   ks_u16 type);

/*
 * What `ref` stands for at this end, which must exist already and be of `type`:
 * an own object or a shadow. 0 gives NULL. Anything else marks message bad and
 * returns NULL.
 */
void *ks_object_find(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type);

/*
 * As ks_object_find, but makes a zeroed shadow of `size` bytes (0: the type's size) if the
 * other end's object has none here yet. A shadow lives until either end drops its reference.
 */
void *ks_object_shadow(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type,
		       size_t size);

/*
 * Checks, for the first pass, that ks_object_shadow would accept `ref`, without making anything.
 */
bool ks_object_acceptable(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type);

/*
 * The last synchronised state of an object whose changes this end must find: zeroed when made, the
 * type's size. A field that differs from its twin has been changed here since. Only the driver's
 * end keeps twins: NULL at the kernel's end, for opaque types, and for unknown objects.
 */
void *ks_object_twin(struct ks_end *end, const void *object, ks_u16 type);

/* The own object of `ref` is this many bytes larger than its type: what lies there ends with it. */
void ks_object_extend(struct ks_end *end, ks_ref ref, size_t extra);

/* Ends a reference: the shadow here is freed, and the other end drops its own when it hears of it. */
void ks_object_drop(struct ks_end *end, const void *object, ks_u16 type);

/*
 * As ks_object_drop, by reference; 0 and unknown references are ignored. For an object that the
 * call itself has freed: glue takes the reference before the call and drops it after, since by
 * then another object may live at the same address. One end dropping is enough.
 */
void ks_ref_drop(struct ks_end *end, ks_ref ref);

/*
 * The call that this thread is about to make may free the object of `ref`, after which another
 * thread may have another object at its address. Followed by ks_ref_drop().
 */
void ks_ref_ending(struct ks_end *end, ks_ref ref);

/*
 * Whether `ref` still stands for an object here. After a call, glue asks before it writes what came
 * back into an object: a nested crossing may have given the object away.
 */
bool ks_ref_known(struct ks_end *end, ks_ref ref);

/*
 * Storage that belongs to a shadow and is freed with it: what one of its
 * pointer fields points to (a string, a buffer). `field` tells several apart.
 * Zeroed when it grows or is new; the same address while it is large enough.
 * NULL if `object` is no shadow here or there is no memory (marks message bad).
 */
void *ks_object_attach(struct ks_end *end, struct ks_message *message, const void *object,
		       ks_u16 type, ks_u32 field, size_t size);

/*
 * Storage that lives until ks_message_put() of the message (scratch copies of objects that have no
 * identity). Zeroed. At most KS_MESSAGE_SIZE bytes in all; NULL and -EMSGSIZE after that.
 */
void *ks_scratch(struct ks_message *message, size_t size);

/* ---- what a stopped domain cannot give back itself: the kernel's end only ---- */

/*
 * Notes, before it is done, that undos[undo] with these KS_HOLD_WORDS words will have to be done if
 * the driver does not: for a lock when the crossing fails in which it was taken, since the domain
 * was stopped; else when the domain is closed. The note ends with ks_let_go(), and when this end
 * drops the object of `ref` (0: none). False if there is no memory (marks message failed).
 */
bool ks_hold(struct ks_end *end, struct ks_message *message, ks_u32 undo, ks_ref ref,
	     const ks_u64 *words);

/* Ends the newest note of that undo and those words; false if there is none. */
bool ks_let_go(struct ks_end *end, ks_u32 undo, const ks_u64 *words);

/* ---- functions ---- */

/* The number of a function pointer at this end, 0 for NULL; marks message bad if it has none. */
ks_u32 ks_function_number(struct ks_end *end, struct ks_message *message, void (*address)(void));

/*
 * The function that `number` stands for. `allowed` lists the numbers that may be stored in this
 * place, `count` of them; any other marks message bad. 0 gives NULL.
 */
void (*ks_function_at(struct ks_end *end, struct ks_message *message, ks_u32 number,
		      const ks_u32 *allowed, ks_u32 count))(void);

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
