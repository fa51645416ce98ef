/* SPDX-License-Identifier: Dual MIT/GPL */
/* What the runtime counts, for people and for tests. */
#ifndef KS_STATISTICS_H
#define KS_STATISTICS_H

#include "ks-rt/rt.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ks_statistics {
	ks_u64 crossings_to_kernel;
	ks_u64 crossings_to_driver;
	ks_u64 stopped_domains;
	ks_u64 drops;	     /* references ended by either end */
	ks_u32 live_objects; /* own objects of both ends that have a reference, globals apart */
	ks_u32 shadows;	     /* of both ends, globals apart */
	ks_u32 retired;	     /* kept for the kernel after the driver dropped them */
	ks_u32 messages_in_use;
	ks_u64 turns_missed; /* messages read before an earlier one; of all domains since they were first counted */
};

/* Of one domain. */
void ks_domain_statistics(const struct ks_end *end, struct ks_statistics *statistics);

/* Of all domains, closed ones included. */
void ks_all_statistics(struct ks_statistics *statistics);

#ifdef __cplusplus
}
#endif

#endif
