/* SPDX-License-Identifier: Dual MIT/GPL */
/* The inside of a domain with memory of its own: what its parts have in common. */
#ifndef KS_INSIDE_ENTRY_H
#define KS_INSIDE_ENTRY_H

#include "ks-rt/inside/image.h"

/* Leaves the domain with a request (KS_REQUEST_*), and returns when the kernel has answered it. */
unsigned long ks_inside_request(unsigned long request);
extern char ks_inside_resume[];

/* The parcel of the crossing that runs: it is above its stack. */
static inline struct ks_parcel *ks_inside_parcel(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	return (struct ks_parcel *)((here & ~(KS_SLOT_SIZE - 1)) + KS_SLOT_PARCEL);
}

/* Processor numbers below this exist. */
extern ks_u32 ks_inside_processors;

/* From data.c */
extern unsigned long ks_lib___per_cpu_offset[];

/* Of the driver's module: sets the parameters in `text`, a line each; 0 or a negative errno. */
int ks_inside_parameters(char *text);

#endif
