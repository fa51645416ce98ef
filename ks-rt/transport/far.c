// SPDX-License-Identifier: Dual MIT/GPL
/* An end whose other end is in another address space, and the parcels between the two. */
#include "ks-rt/end/end.h"
#include "ks-rt/transport/far.h"

void ks_parcel_pack(struct ks_end *end, struct ks_parcel *parcel, ks_u32 crossing, int error,
		    struct ks_message *message)
{
	ks_u32 size = error ? 0 : message->size;
	ks_u32 count = 0;

	while (count < KS_PARCEL_DROPS && ks_drops_take(end, &parcel->drops[count]))
		count++;
	parcel->drop_count = count;
	parcel->crossing = crossing;
	parcel->error = error;
	parcel->size = size;
	if (size)
		memcpy(parcel->data, message->data, size);
	if (error)
		ks_turn_leave(message);
	else
		ks_turn_take(message);
	parcel->turn = message->turn;
	message->turn = 0;
}

int ks_parcel_unpack(struct ks_end *end, const struct ks_parcel *parcel, struct ks_message *message)
{
	ks_u32 count = ks_load(&parcel->drop_count), i;
	int error = ks_load(&parcel->error);

	if (count > KS_PARCEL_DROPS)
		return ks_message_bad(message, "more drops than a parcel holds");
	for (i = 0; i < count; i++)
		ks_drop_apply(end, ks_load(&parcel->drops[i]));
	if (!error)
		ks_message_fill(message, parcel->data, ks_load(&parcel->size));
	message->turn = ks_load(&parcel->turn);
	return error;
}

void ks_parcel_answer(struct ks_end *end, struct ks_parcel *parcel)
{
	struct ks_message *message = ks_pool_take(end), none = { 0 };
	int error = -ENOBUFS;

	if (end->domain->is_far)
		ks_count(&end->answers);
	if (message) {
		ks_parcel_unpack(end, parcel, message);
		error = ks_answer(end, ks_load(&parcel->crossing), message);
	}
	ks_parcel_pack(end, parcel, 0, error, message ? message : &none);
	ks_message_put(end, message);
}

struct ks_end *ks_far_open(const struct ks_interface *interface,
			   const struct ks_transport *transport, void *link)
{
	struct ks_end *end = NULL, **place;
	struct ks_domain *domain;

	if (!ks_interface_valid(interface, interface->is_driver))
		return ERR_PTR(-EINVAL);
	ks_mutex_lock(&ks_domains_mutex);
	domain = ks_domain_make(transport);
	if (domain) {
		domain->link = link;
		domain->is_far = true;
		end = ks_end_make(interface, domain);
		place = interface->is_driver ? &domain->driver : &domain->kernel;
		ks_store(place, end);
	}
	if (domain && !end)
		ks_domain_unmake(domain);
	ks_mutex_unlock(&ks_domains_mutex);
	return end ? end : ERR_PTR(-ENOMEM);
}

void ks_far_close(struct ks_end *end)
{
	ks_end_retire(end);
	ks_mutex_lock(&ks_domains_mutex);
	ks_end_leave(end);
	ks_mutex_unlock(&ks_domains_mutex);
}
