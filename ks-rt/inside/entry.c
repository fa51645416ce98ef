// SPDX-License-Identifier: Dual MIT/GPL
/* Where the kernel enters a domain with memory of its own, and where its glue leaves it. */
#include <linux/kernel.h>

#include "ks-rt/inside/heap.h"
#include "ks-rt/inside/entry.h"
#include "ks-rt/end/end.h"

/* The driver's glue: what its module would do when it is loaded. */
int ks_inside_init(void);

ks_u32 ks_inside_processors;
static struct ks_end *ks_inside_end;

static int ks_inside_cross(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	struct ks_parcel *parcel = ks_inside_parcel();

	if (ks_os_stack_low())
		return -ELOOP;
	ks_parcel_pack(end, parcel, crossing, 0, message);
	ks_inside_request(KS_REQUEST_CROSSING);
	return ks_answered(end, message, ks_parcel_unpack(end, parcel, message));
}

static const struct ks_transport ks_inside_transport = {
	.cross = ks_inside_cross,
};

/* The variables were filled before the domain was made. */
struct ks_end *ks_domain_offer_data(const struct ks_interface *driver, const struct ks_datum *data,
				    unsigned int count)
{
	ks_inside_end = ks_far_open(driver, &ks_inside_transport, NULL);
	return ks_inside_end;
}

/* A domain ends whole. */
void ks_domain_withdraw(struct ks_end *driver)
{
}

unsigned long ks_inside_start(struct ks_parcel *parcel);
unsigned long ks_inside_start(struct ks_parcel *parcel)
{
	struct ks_inside_start *start = (struct ks_inside_start *)parcel->data;

	ks_heap_init((void *)start->heap, start->heap_pages);
	ks_percpu_init(start->percpu_offset, start->percpu_size);
	ks_inside_processors = start->processors;
	if (ks_inside_parameters(start->parameters) || ks_inside_init() ||
	    IS_ERR_OR_NULL(ks_inside_end))
		return 0;
	return ks_inside_end->interface->hash;
}

unsigned long ks_inside_answer(struct ks_parcel *parcel);
unsigned long ks_inside_answer(struct ks_parcel *parcel)
{
	ks_parcel_answer(ks_inside_end, parcel);
	return 0;
}
