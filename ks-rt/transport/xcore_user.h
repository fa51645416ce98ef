/* SPDX-License-Identifier: Dual MIT/GPL */
/* The transport `xcore` in user space: ends in two threads, or in two processes that share a memfd. */
#ifndef KS_XCORE_USER_H
#define KS_XCORE_USER_H

#include "ks-rt/channel/user.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ks_xcore_options {
	int cpu;	     /* the processor of the end's dispatcher; -1: any */
	struct ks_wait wait; /* of whoever calls; its timeout ends the domain */
	struct ks_wait idle; /* of the dispatcher; its check is how a peer's death is found out */
};

/* Bytes of the memory that both ends share, which starts as zero (ks_channel_memory_make()). */
size_t ks_xcore_size(void);

/*
 * An end in that memory, page-aligned, with its dispatcher started. As ks_far_open(); -EINVAL if
 * there is no such processor.
 */
struct ks_end *ks_xcore_open(const struct ks_interface *interface, void *memory,
			     const struct ks_xcore_options *options);

/* Ends every call with -EIO, at both ends, and returns when those of this end have returned. */
void ks_xcore_close(struct ks_end *end);

#ifdef __cplusplus
}
#endif

#endif
