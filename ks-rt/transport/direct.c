// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The transport `direct`: both ends in one address space. It isolates nothing;
 * it proves the glue and what is copied. A message still crosses by one copy
 * into a buffer of the other end, and is only looked at there.
 */
#include "ks-rt/transport/direct.h"

/* There as long as the domain is active. */
static struct ks_end *ks_direct_peer(const struct ks_end *end)
{
	return ks_load(end->is_driver ? &end->domain->kernel : &end->domain->driver);
}

/* Tells `to` of all that `from` has dropped until now. */
static void ks_drops_deliver(struct ks_end *from, struct ks_end *to)
{
	ks_u32 bound = 2 * KS_OBJECTS_MAX;
	ks_ref ref;

	while (bound-- && ks_drops_take(from, &ref))
		ks_drop_apply(to, ref);
}

int ks_direct_cross(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	struct ks_end *peer = ks_direct_peer(end);
	struct ks_message *buffer;
	int error;

	if (!peer)
		return -EIO;
	ks_drops_deliver(end, peer);
	if (ks_os_stack_low())
		return -ELOOP;
	buffer = ks_pool_take(peer);
	if (!buffer)
		return -ENOBUFS;
	ks_turn_take(message);
	ks_message_fill(buffer, message->data, ks_load(&message->size));
	buffer->turn = message->turn;
	message->turn = 0;
	error = ks_answered(end, message, ks_answer(peer, crossing, buffer));
	ks_turn_take(buffer);
	if (!error)
		error = ks_message_fill(message, buffer->data, ks_load(&buffer->size));
	message->turn = buffer->turn;
	buffer->turn = 0;
	ks_message_put(peer, buffer);
	/* The caller learns which of its objects the call has ended. */
	ks_drops_deliver(peer, end);
	return error;
}

void ks_direct_listen(struct ks_end *end)
{
	struct ks_end *peer = ks_direct_peer(end);

	if (peer)
		ks_drops_deliver(peer, end);
}

void ks_direct_tell(struct ks_end *end)
{
	struct ks_end *peer = ks_direct_peer(end);

	if (peer)
		ks_drops_deliver(end, peer);
}

/* Unless another one is linked, which may fall back on this one. */
__attribute__((weak)) const struct ks_transport ks_local_transport = {
	.cross = ks_direct_cross,
	.listen = ks_direct_listen,
};
