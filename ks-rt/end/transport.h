/* SPDX-License-Identifier: Dual MIT/GPL */
/* What a transport is: all that an end knows of how it reaches the other one. */
#ifndef KS_TRANSPORT_H
#define KS_TRANSPORT_H

#include "ks-rt/rt.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ks_transport {
	/* Runs `crossing` at the other end; its reply replaces what is in `message`. */
	int (*cross)(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
	/* A moment's wait for what another thread is about to do; or NULL. */
	void (*relax)(struct ks_end *end);
	/* Learns what the other end has dropped, where that takes no crossing; or NULL. */
	void (*listen)(struct ks_end *end);
	/* The domain has been stopped: the other end must not run any more. Any context; or NULL. */
	void (*stop)(struct ks_end *end);
	/* Both ends of one address space have met: 0 or a negative errno. May sleep; or NULL. */
	int (*open)(struct ks_end *kernel);
	/* An end leaves, and no crossing is under way. May sleep; or NULL. */
	void (*close)(struct ks_end *end);
};

/* What the caller's end makes of the other end's answer; the driver's takes the kernel's as it is. */
int ks_answered(struct ks_end *caller, struct ks_message *message, int error);

#ifdef __cplusplus
}
#endif

#endif
