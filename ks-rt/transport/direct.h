/* SPDX-License-Identifier: Dual MIT/GPL */
/* Transports between two ends in one address space. */
#ifndef KS_DIRECT_H
#define KS_DIRECT_H

#include "ks-rt/end/end.h"

/* Whichever is linked. */
extern const struct ks_transport ks_local_transport;

/* Crossing on the caller's stack; and drops, from the other end and to it. */
int ks_direct_cross(struct ks_end *end, ks_u32 crossing, struct ks_message *message);
void ks_direct_listen(struct ks_end *end);
void ks_direct_tell(struct ks_end *end);

#endif
