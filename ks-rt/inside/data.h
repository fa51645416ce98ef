/* SPDX-License-Identifier: Dual MIT/GPL */
/* How a driver's module says which variables of the domain library it holds, to be filled in. */
#ifndef KS_INSIDE_DATA_H
#define KS_INSIDE_DATA_H

#include "ks-rt/rt.h"

struct ks_datum {
	const char *name; /* of the kernel's variable */
	void *address;	  /* the domain's; if per_cpu, as from DEFINE_PER_CPU */
	size_t size;
	bool per_cpu;
};

/* Of the driver's module, from data.c. */
extern const struct ks_datum ks_inside_data[];
extern const unsigned int ks_inside_data_count;

/* Fills `data` of the driver `name` from the kernel's variables; -ENOEXEC as below. */
int ks_inside_fill(const char *name, const struct ks_datum *data, unsigned int count);

/*
 * As ks_domain_offer(), after filling `data`. -ENOEXEC if the kernel has a
 * variable of another size, or none of that name.
 */
struct ks_end *ks_domain_offer_data(const struct ks_interface *driver, const struct ks_datum *data,
				    unsigned int count);

#endif
