/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Ends whose other end is far, and parcels: how a message travels between ends
 * in different address spaces, in memory that both can reach and neither trusts
 * to stay as it is. Whoever receives a parcel reads each word of it once,
 * checks it, and works on what it has read.
 */
#ifndef KS_FAR_H
#define KS_FAR_H

#include "ks-rt/end/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One end whose other end is in another address space, which `transport` reaches. As
 * ks_domain_open(). Ended by ks_far_close(), which may sleep.
 */
struct ks_end *ks_far_open(const struct ks_interface *interface,
			   const struct ks_transport *transport, void *link);
void ks_far_close(struct ks_end *end);

#define KS_PARCEL_DROPS 240

struct ks_parcel {
	ks_u32 crossing;
	ks_u32 size; /* bytes of data */
	int error;   /* of the answer: 0 or a negative errno */
	ks_u32 drop_count;
	ks_u64 turn;		       /* of the message */
	ks_ref drops[KS_PARCEL_DROPS]; /* references that the sender has ended */
	ks_u8 data[KS_MESSAGE_SIZE] __attribute__((aligned(64)));
};

/* Writes a call of `crossing`, or an answer with `error`, and what `end` has dropped. */
void ks_parcel_pack(struct ks_end *end, struct ks_parcel *parcel, ks_u32 crossing, int error,
		    struct ks_message *message);

/*
 * Reads what has come: applies its drops, copies its data into `message`, whose error is set if
 * the parcel makes no sense. Returns the parcel's error, unchecked.
 */
int ks_parcel_unpack(struct ks_end *end, const struct ks_parcel *parcel,
		     struct ks_message *message);

/* Answers the call in `parcel`, which holds the answer afterwards. */
void ks_parcel_answer(struct ks_end *end, struct ks_parcel *parcel);

#ifdef __cplusplus
}
#endif

#endif
