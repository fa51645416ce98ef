// SPDX-License-Identifier: Dual MIT/GPL
/*
 * How much memory lies behind a pointer where the interface does not say it: up to the end of the driver's block or
 * variable, of what one end has attached to an object for the other, of an object that the address lies
 * in; and of the kernel's scalars, up to the end of what its allocator has given out. Not of its structs: what
 * else lies in the block would be taken for their pointers, and followed.
 */
#include "ks-rt/end/end.h"

/* Whether it has been said already, once for an end. */
static bool ks_said(bool *said)
{
	bool before = ks_load(said);

	ks_store(said, true);
	return before;
}

/* Of objects that are known here; what begins where an own one does may be the first of several. */
static size_t ks_known_bytes(struct ks_end *end, const void *address, bool *may_go_on)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *object = ks_object_around(end, address, KS_BLOCK, false, &offset);
	size_t bytes = object && object->size > offset ? object->size - offset : 0;

	/* Of what is lent the allocator says as much. */
	if (object && object->own && ks_object_is_lent(object))
		bytes = 0;
	*may_go_on = !bytes || (object->own && !offset);
	ks_lock_release(&end->lock, state);
	return bytes;
}

/* What the kernel's allocator says, who knows nothing of the objects in the runtime's own memory. */
static size_t ks_given_out(const struct ks_end *end, const void *address)
{
	size_t size = 0;
	const char *block = ks_pool_holds(end, address) ? NULL : ks_os_kernel_block(address, &size);

	return block ? size - (size_t)((const char *)address - block) : 0;
}

static size_t ks_block_bytes(struct ks_end *end, const void *address)
{
	const size_t bytes = ks_given_out(end, address);

	if (bytes <= KS_EXTENT_MAX)
		return bytes;
	if (!ks_said(&end->said_cut))
		ks_os_log(
			"%s: %lu bytes lie behind a pointer, and nothing says how many are meant: %u cross",
			end->interface->name, (unsigned long)bytes, KS_EXTENT_MAX);
	return KS_EXTENT_MAX;
}

/*
 * Of a local of the driver's: what is behind it on the stack comes along, and comes back only where it changed.
 * Scalars only, as of the kernel's blocks: what else is there would be taken for pointers.
 */
static size_t ks_local_bytes(const struct ks_end *end, const void *address)
{
	size_t bytes = end->is_driver && ks_may_be_followed(address) ? ks_os_stack_bytes(address) :
								       0;

	return bytes < KS_LOCAL_MAX ? bytes : KS_LOCAL_MAX;
}

static size_t ks_extent(struct ks_end *end, const void *address, bool is_scalars)
{
	size_t size = 0, bytes, more = 0;
	bool may_go_on;
	const char *block;

	if (!ks_may_be_followed(address))
		return 0;
	bytes = ks_room_bytes(end, address);
	if (bytes)
		return bytes;
	block = ks_memory_around(end, address, &size);
	if (block)
		return size - (size_t)((const char *)address - block);
	bytes = ks_attached_bytes(end, address);
	if (bytes)
		return bytes;
	bytes = ks_known_bytes(end, address, &may_go_on);
	if (!end->is_driver && may_go_on && is_scalars)
		more = ks_block_bytes(end, address);
	return more ? more : bytes;
}

size_t ks_known_extent(struct ks_end *end, const void *address)
{
	size_t bytes = ks_extent(end, address, true);

	return bytes ? bytes : ks_local_bytes(end, address);
}

size_t ks_bytes_there(struct ks_end *end, const void *address, size_t size)
{
	struct ks_place place;
	size_t bytes;

	if (end->is_driver || !ks_may_be_followed(address))
		return size;
	bytes = ks_attached_bytes(end, address);
	place = bytes ? (struct ks_place){ 0 } : ks_place_of_drivers(end, address, KS_BLOCK, 0);
	if (place.ref)
		bytes = place.extent - place.offset;
	if (!bytes)
		bytes = ks_given_out(end, address);
	return bytes && bytes < size ? bytes : size;
}

size_t ks_object_bytes(struct ks_end *end, const void *address, bool is_scalars)
{
	size_t bytes = is_scalars ? ks_known_extent(end, address) : ks_extent(end, address, false);

	if (!bytes && ks_may_be_followed(address) && !ks_said(&end->said_one))
		ks_os_log(
			"%s: nothing is known of how much memory lies behind a pointer: one element crosses",
			end->interface->name);
	return bytes;
}

size_t ks_text_bytes(struct ks_end *end, const char *address)
{
	size_t bytes = end->is_driver ? ks_extent(end, address, true) :
					ks_object_bytes(end, address, true);

	if (!bytes && end->is_driver && ks_may_be_followed(address)) {
		while (bytes < KS_OBJECT_SIZE_MAX && address[bytes])
			bytes++;
		bytes++;
	}
	return bytes;
}
