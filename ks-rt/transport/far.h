/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What a transport is, and parcels: how a message travels between ends in
 * different address spaces, in memory that both can reach and neither trusts
 * to stay as it is. Whoever receives a parcel reads each word of it once,
 * checks it, and works on what it has read.
 */
#ifndef KS_FAR_H
#define KS_FAR_H

#include "ks-rt/rt.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How an end reaches the other one. */
struct ks_transport {
	/* Runs `crossing` at the other end; its reply replaces what is in `message`. */
	int (*cross)(struct ks_side *side, ks_u32 crossing, struct ks_message *message);
	/* Learns what the other end has dropped, where that takes no crossing; or NULL. */
	void (*listen)(struct ks_side *side);
	/* The domain has been stopped: the other end must not run any more. Any context; or NULL. */
	void (*stop)(struct ks_side *side);
	/* Both ends of one address space have met: 0 or a negative errno. May sleep; or NULL. */
	int (*open)(struct ks_side *kernel);
	/* An end leaves, and no crossing is under way. May sleep; or NULL. */
	void (*close)(struct ks_side *side);
};

/* What the caller's end makes of the other end's answer; the driver's takes the kernel's as it is. */
int ks_answered(struct ks_side *caller, struct ks_message *message, int error);

/*
 * One end whose other end is in another address space, which `transport` reaches. As
 * ks_domain_open(). Ended by ks_far_close(), which may sleep.
 */
struct ks_side *ks_far_open(const struct ks_interface *interface,
			    const struct ks_transport *transport, void *link);
void ks_far_close(struct ks_side *side);

#define KS_PARCEL_DROPS 240

struct ks_parcel {
	ks_u32 crossing;
	ks_u32 size;		/* bytes of data */
	int error;		/* of the answer: 0 or a negative errno */
	ks_u32 drop_count;
	ks_ref drops[KS_PARCEL_DROPS]; /* references that the sender has ended */
	ks_u8 data[KS_MESSAGE_SIZE] __attribute__((aligned(64)));
};

/* Writes a call of `crossing`, or an answer with `error`, and what `side` has dropped. */
void ks_parcel_pack(struct ks_side *side, struct ks_parcel *parcel, ks_u32 crossing, int error,
		    const struct ks_message *message);

/*
 * Reads what has come: applies its drops, copies its data into `message`, whose error is set if
 * the parcel makes no sense. Returns the parcel's error, unchecked.
 */
int ks_parcel_unpack(struct ks_side *side, const struct ks_parcel *parcel,
		     struct ks_message *message);

/* Answers the call in `parcel`, which holds the answer afterwards. */
void ks_parcel_answer(struct ks_side *side, struct ks_parcel *parcel);

#ifdef __cplusplus
}
#endif

#endif
