/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The transport `xcore`: the two ends of a domain on two processors. Each end has ports to call by,
 * of which a caller owns one for the time of its call, and a hub (port.h), whose dispatcher
 * answers what the other end calls. Call-backs of a call travel on its port, and are run by the
 * thread that made it.
 *
 * In shared memory lie, after the two bells, the channels by who owns them, and as many parcels: the
 * line of a call says which parcel holds it, and the answer is written into the same one.
 */
#ifndef KS_XCORE_H
#define KS_XCORE_H

#include "ks-rt/end/end.h"
#include "ks-rt/transport/far.h"
#include "ks-rt/transport/port.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_XCORE_PORTS 16 /* of each end: calls that others than answers start */
#define KS_XCORE_PARCELS KS_MESSAGES

/* One end. Private. */
struct ks_xcore {
	struct ks_end *end;	/* set by whoever makes the end */
	struct ks_parcel *mine; /* shared: of the calls that this end starts */
	struct ks_parcel *theirs;
	ks_u32 parcels_taken; /* of mine, a bit each */
	ks_u32 ports_taken;
	struct ks_server server;
	struct ks_hub hub;
	struct ks_port ports[KS_XCORE_PORTS];
	struct ks_port served[KS_XCORE_PORTS]; /* the hub's */
};

/* Bytes of the shared memory, which starts as zero, page-aligned. */
size_t ks_xcore_size(void);

/*
 * The end of whom `is_driver` says, in that memory. Its dispatcher waits by `idle`. Its end is set
 * before anything crosses.
 */
int ks_xcore_init(struct ks_xcore *xcore, void *memory, bool is_driver, const struct ks_wait *idle);

/* The dispatcher, in a thread that has a runtime: until the channels end. 0: by ks_xcore_stop(-ESHUTDOWN). */
int ks_xcore_run(struct ks_xcore *xcore);

/* A ks_serve and a ks_refuse, of context `xcore`: what comes in, answered by its end. */
void ks_xcore_serve(void *context, struct ks_port *port, struct ks_payload *payload);
void ks_xcore_refuse(void *context, struct ks_port *port, struct ks_payload *payload);

/* As ks_transport.cross: by the port of the call that the caller's thread is part of, else by a free one. */
int ks_xcore_cross(struct ks_xcore *xcore, ks_u32 crossing, struct ks_message *message,
		   ks_u16 level, const struct ks_wait *wait);

/* Ends all channels, -ESHUTDOWN if that is no trouble; any context but NMI. */
void ks_xcore_stop(struct ks_xcore *xcore, int error);

#ifdef __cplusplus
}
#endif

#endif
