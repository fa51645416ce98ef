// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Pointers to parts of objects that nothing else leads to: a list's node, of which the code makes the
 * object around it. Which that is, the sender must know, since nobody reaches out of an object at the
 * other end. It has the wholes that the analysis has found, and chooses: what is known to lie there;
 * else what pointers of such holders lead into; else what there is only one of.
 */
#include "ks-rt/end/end.h"

/* Whether the type is known to lie there, as more than an object or face for itself. Under the lock. */
static bool ks_is_part(struct ks_end *end, const void *address, ks_u16 type)
{
	struct ks_span *span = NULL;

	while ((span = ks_span_holding(end->objects.spans, address, span))) {
		const struct ks_object *object = KS_OUTER(span, struct ks_object, span);
		const size_t offset = (size_t)address - span->start;
		const struct ks_face *face;

		if (object->type != type && object->type != KS_BLOCK &&
		    ks_type_holds(end->interface, object->type, type, offset))
			return true;
		for (face = object->faces; face; face = face->next)
			if (face->type != type && offset >= face->offset &&
			    ks_type_holds(end->interface, face->type, type, offset - face->offset))
				return true;
	}
	return false;
}

/* Whether the type is known to lie there. Under the lock. */
static bool ks_is_there(struct ks_end *end, const void *address, ks_u16 type)
{
	ks_u32 offset;

	return ks_object_around(end, address, type, false, &offset) != NULL;
}

/* What is asked: the pointer, the struct that it lies in, and the memory around it. */
struct ks_question {
	const char *address;
	const char *holder;
	const char *memory; /* NULL: not known */
	size_t size;
	bool known; /* there is an object for itself */
	const struct ks_whole *wholes;
	ks_u32 count;
};

static bool ks_fits(struct ks_end *end, const struct ks_question *asked, const char *start,
		    ks_u16 type)
{
	return start >= asked->memory &&
	       ks_type_size(end, type) <= asked->size - (size_t)(start - asked->memory);
}

/*
 * Whether the whole may lie there, as far as this end knows its memory. A list's head is in none of what its
 * nodes are in: the kernel's block or variable has no room for that. Under the lock.
 */
static bool ks_may_be(struct ks_end *end, const struct ks_question *asked,
		      const struct ks_whole *whole)
{
	const char *start = asked->address - whole->offset;
	ks_u32 offset;

	if (ks_object_around(end, start, whole->type, true, &offset))
		return true;
	if (!end->is_driver)
		return !asked->memory || ks_fits(end, asked, start, whole->type);
	if (!asked->memory)
		return whole->local && !asked->known;
	/* Known memory that is an object already, it does not fit into. */
	return ks_fits(end, asked, start, whole->type) &&
	       !ks_hash_find(&end->objects, asked->memory, KS_BLOCK);
}

/* Of which holders: those known to be around this one, these and any that the row does not name, or all. */
enum ks_holders { KS_HOLDERS_KNOWN, KS_HOLDERS_NO_OTHER, KS_HOLDERS_ALL };

static bool ks_is_of(struct ks_end *end, const struct ks_question *asked,
		     const struct ks_whole *whole, enum ks_holders holders)
{
	if (holders == KS_HOLDERS_ALL)
		return true;
	if (whole->holder == KS_BLOCK)
		return holders == KS_HOLDERS_NO_OTHER;
	return ks_is_there(end, asked->holder - whole->holder_offset, whole->holder);
}

/* The one whole that may be, of those that pointers of such holders lead into; NULL if there are several. Under the lock. */
static const struct ks_whole *ks_only_whole(struct ks_end *end, const struct ks_question *asked,
					    enum ks_holders holders)
{
	const struct ks_whole *found = NULL, *whole;

	for (whole = asked->wholes; whole < asked->wholes + asked->count; whole++) {
		if (!ks_is_of(end, asked, whole, holders) || !ks_may_be(end, asked, whole))
			continue;
		if (found && (found->type != whole->type || found->offset != whole->offset))
			return NULL;
		found = whole;
	}
	return found;
}

/* Under the lock. */
static const struct ks_whole *ks_known_whole(struct ks_end *end, const struct ks_question *asked)
{
	const struct ks_whole *whole;

	for (whole = asked->wholes; whole < asked->wholes + asked->count; whole++)
		if (ks_is_there(end, asked->address - whole->offset, whole->type))
			return whole;
	return NULL;
}

/* Where none is known to be there. Under the lock. */
static const struct ks_whole *ks_choose_whole(struct ks_end *end, const struct ks_question *asked)
{
	const struct ks_whole *whole = NULL;
	enum ks_holders holders;

	for (holders = KS_HOLDERS_KNOWN; !whole && holders <= KS_HOLDERS_ALL; holders++)
		whole = ks_only_whole(end, asked, holders);
	return whole;
}

struct ks_place ks_object_place_inside(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, const void *holder,
				       const struct ks_whole *wholes, ks_u32 count, ks_u32 *chosen)
{
	struct ks_question asked = { address, holder, NULL, 0, false, wholes, count };
	const struct ks_whole *whole = NULL, *there;
	struct ks_place place;
	unsigned long state;
	ks_u32 elements;
	bool alone;

	if (chosen)
		*chosen = 0;
	if (!ks_leads_to_memory(end, address))
		return ks_object_place(end, message, address, type);
	asked.memory = ks_elements_around(end, address, &asked.size, &elements);
	if (type < end->interface->type_count) {
		state = ks_lock_acquire(&end->lock);
		asked.known = ks_is_there(end, address, type);
		there = ks_known_whole(end, &asked);
		alone = !ks_is_part(end, address, type) &&
			!ks_elements_hold(end, elements, type,
					  (size_t)((char *)address - asked.memory));
		if (alone && !there && !end->is_driver) {
			ks_lock_release(&end->lock, state);
			asked.memory = ks_os_kernel_block(address, &asked.size);
			state = ks_lock_acquire(&end->lock);
		}
		if (alone && !there)
			there = ks_choose_whole(end, &asked);
		whole = there;
		if (chosen && there)
			*chosen = (ks_u32)(there - wholes) + 1;
		ks_lock_release(&end->lock, state);
	}
	if (!whole)
		return ks_object_place(end, message, address, type);
	place = ks_object_place(end, message, (const char *)address - whole->offset, whole->type);
	if (place.ref)
		place.offset += whole->offset;
	return place;
}

void ks_object_whole(struct ks_end *end, struct ks_message *message, struct ks_place place,
		     const struct ks_whole *whole, bool makes, bool apply)
{
	if (!place.ref || message->error || ks_ref_is_drivers(place.ref) == end->is_driver ||
	    ks_ref_is_lent(place.ref) || (!makes && !ks_ref_known(end, place.ref)))
		return;
	if (place.offset < whole->offset) {
		ks_message_bad(message, "a part before the start of its whole");
		return;
	}
	place.offset -= whole->offset;
	if (apply)
		ks_object_shadow(end, message, place, whole->type, 0);
	else
		ks_object_acceptable(end, message, place, whole->type);
}
