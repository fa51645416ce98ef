// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What may lie where. A struct's members are where the interface's table says. Of a block, and of
 * what lies behind a struct, nobody says what it is but those who send pointers into it: each such
 * pointer is a face, and what has been taken for one thing is no other from then on.
 */
#include "ks-rt/end/end.h"

#define KS_SLOTS_LOOKED_AT 64 /* with the lock held */

/* Bytes, 0 if opaque; of a block nothing is given by its type. */
size_t ks_type_size(const struct ks_end *end, ks_u16 type)
{
	return type < end->interface->type_count ? end->interface->types[type].size : 0;
}

/* The first part of the outer type that is of this inner one or a later one. */
static ks_u32 ks_parts_of(const struct ks_interface *interface, ks_u16 outer, ks_u16 inner)
{
	ks_u32 low = 0, high = interface->part_count;

	while (low < high) {
		ks_u32 middle = low + (high - low) / 2;
		const struct ks_part *part = &interface->parts[middle];

		if (part->outer < outer || (part->outer == outer && part->inner < inner))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Which types lie in which, a bit for each: most objects that a walk comes by have nothing of what it looks for. */
int ks_parts_init(struct ks_end *end)
{
	const struct ks_interface *interface = end->interface;
	const size_t row = (interface->type_count + 7) / 8;
	ks_u32 i;

	if (!interface->part_count)
		return 0;
	end->held = ks_os_alloc_large(interface->type_count * row);
	if (!end->held)
		return -ENOMEM;
	for (i = 0; i < interface->part_count; i++)
		end->held[interface->parts[i].outer * row + interface->parts[i].inner / 8] |=
			1 << interface->parts[i].inner % 8;
	return 0;
}

void ks_parts_free(struct ks_end *end)
{
	ks_os_free_large(end->held);
}

static bool ks_type_may_hold(const struct ks_end *end, ks_u16 outer, ks_u16 inner)
{
	const size_t row = (end->interface->type_count + 7) / 8;

	return outer == inner || (end->held && outer < end->interface->type_count &&
				  inner < end->interface->type_count &&
				  end->held[outer * row + inner / 8] >> inner % 8 & 1);
}

/*
 * What the driver's code takes an object of the kernel's to have, its parts included; 0 if no more than
 * its type. Parts of parts have rows of their own.
 */
size_t ks_type_room(const struct ks_end *end, ks_u16 type)
{
	const struct ks_interface *interface = end->interface;
	size_t most = 0;
	ks_u32 i, k;

	for (i = 0; i < interface->room_count; i++) {
		const struct ks_room *room = &interface->rooms[i];

		if (room->type == type && room->bytes > most)
			most = room->bytes;
		for (k = ks_parts_of(interface, type, 0); k < interface->part_count; k++) {
			const struct ks_part *part = &interface->parts[k];
			bool is_counted = part->count && part->count != KS_PART_OPEN;
			size_t last = is_counted ? (size_t)(part->count - 1) * part->stride : 0;

			if (part->outer != type)
				break;
			if (part->inner == room->type && part->offset + last + room->bytes > most)
				most = part->offset + last + room->bytes;
		}
	}
	return most;
}

bool ks_type_has_extra(const struct ks_end *end, ks_u16 type)
{
	ks_u32 i;

	for (i = 0; i < end->interface->extra_count; i++)
		if (end->interface->extras[i].type == type)
			return true;
	return false;
}

/* Beyond that, of this end's own object there. */
size_t ks_type_extra(const struct ks_end *end, ks_u16 type, const void *address)
{
	ks_u32 i;

	for (i = 0; i < end->interface->extra_count; i++)
		if (end->interface->extras[i].type == type)
			return end->interface->extras[i].bytes(address);
	return 0;
}

bool ks_type_holds(const struct ks_interface *interface, ks_u16 outer, ks_u16 inner, size_t offset)
{
	ks_u32 i;

	if (outer == inner)
		return !offset;
	for (i = ks_parts_of(interface, outer, inner); i < interface->part_count; i++) {
		const struct ks_part *part = &interface->parts[i];
		size_t inside = offset - part->offset;

		if (part->outer != outer || part->inner != inner)
			return false;
		if (offset < part->offset)
			continue;
		if (!inside || (part->stride && !(inside % part->stride) &&
				inside / part->stride < part->count))
			return true;
	}
	return false;
}

/* The lowest offset of an inner type in an outer one that is `from` or more; ~0 if there is none. */
static size_t ks_type_next(const struct ks_end *end, ks_u16 outer, ks_u16 inner, size_t from)
{
	const struct ks_interface *interface = end->interface;
	size_t found = outer == inner && !from ? 0 : ~(size_t)0;
	ks_u32 i;

	if (!ks_type_may_hold(end, outer, inner))
		return found;
	for (i = ks_parts_of(interface, outer, inner); i < interface->part_count; i++) {
		const struct ks_part *part = &interface->parts[i];
		size_t at = part->offset;

		if (part->outer != outer || part->inner != inner)
			break;
		if (at < from && part->stride)
			at += ks_align(from - at, part->stride);
		if (at >= from &&
		    (at - part->offset) / (part->stride ? part->stride : 1) < part->count &&
		    at < found)
			found = at;
	}
	return found;
}

bool ks_type_keeps(const struct ks_end *end, ks_u16 type)
{
	const struct ks_interface *interface = end->interface;
	ks_u32 i;

	if (end->is_driver)
		return true;
	if (!end->keeps)
		return false;
	if (type >= interface->type_count || interface->types[type].kept)
		return true;
	for (i = ks_parts_of(interface, type, 0);
	     i < interface->part_count && interface->parts[i].outer == type; i++)
		if (interface->types[interface->parts[i].inner].kept)
			return true;
	return false;
}

/* Whether some type has both as parts, the second so far behind the first: two members of a union. */
static bool ks_types_share_a_whole(const struct ks_interface *interface, ks_u16 first,
				   ks_u16 second, size_t distance)
{
	const struct ks_part *part = interface->parts;
	ks_u32 i;

	for (i = 0; i < interface->part_count; i++, part++)
		if (part->inner == first &&
		    ks_type_holds(interface, part->outer, second, part->offset + distance))
			return true;
	return false;
}

bool ks_faces_agree(const struct ks_end *end, ks_u16 a, size_t at, ks_u16 b, size_t bt)
{
	size_t size_a = ks_type_size(end, a), size_b = ks_type_size(end, b);

	if (at + (size_a ? size_a : 1) <= bt || bt + (size_b ? size_b : 1) <= at)
		return true;
	if (at > bt)
		return ks_faces_agree(end, b, bt, a, at);
	return ks_type_holds(end->interface, a, b, bt - at) ||
	       (at == bt && ks_type_holds(end->interface, b, a, 0)) ||
	       ks_types_share_a_whole(end->interface, a, b, bt - at);
}

bool ks_elements_hold(const struct ks_end *end, ks_u32 elements, ks_u16 type, size_t offset)
{
	const size_t stride = elements ? ks_type_size(end, (ks_u16)(elements - 1)) : 0;

	return stride &&
	       ks_type_holds(end->interface, (ks_u16)(elements - 1), type, offset % stride);
}

/*
 * How far a struct goes on with the array at its end. Of what the driver has sent the kernel's end
 * only knows that as far as elements have come; what else may be there are faces.
 */
static size_t ks_array_end(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			   size_t offset, size_t reach)
{
	const size_t size = ks_type_size(end, type);

	if (end->is_driver || object->own)
		return object->size;
	return offset + (reach > size ? reach : size);
}

/* Whether there are elements of the array that a face ends with among the bytes. */
static bool ks_face_reaches(const struct ks_end *end, const struct ks_face *face, size_t offset,
			    size_t size)
{
	const size_t whole = ks_type_size(end, face->type);

	return face->reach > whole && offset < face->offset + face->reach &&
	       offset + (size ? size : 1) > face->offset + whole;
}

enum ks_fit ks_object_fit(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			  size_t offset)
{
	const size_t whole = ks_type_size(end, object->type);
	const size_t size = ks_type_size(end, type);
	const struct ks_face *face;

	if (ks_object_is_lent(object))
		return ks_lent_fit(end, object, type, offset);
	if (object->plain && (type != object->type || offset >= object->size))
		return KS_FIT_NOT;
	if (type == object->type && !offset)
		return KS_FIT;
	if (offset > object->size || size > object->size - offset)
		return KS_FIT_NOT;
	if (type == KS_BLOCK)
		return !offset || offset < object->size ? KS_FIT : KS_FIT_NOT;
	if (object->type != KS_BLOCK && !whole)
		return KS_FIT_NOT;
	if (object->type != KS_BLOCK && ks_type_holds(end->interface, object->type, type, offset) &&
	    offset + size <= ks_array_end(end, object, object->type, 0, object->reach))
		return KS_FIT;
	if (object->type != KS_BLOCK && (offset < whole || offset < object->reach))
		return KS_FIT_NOT;
	if (offset == object->size)
		return KS_FIT_NOT;
	/* The struct of a variable is there as if it were a face. */
	if (object->elements && ks_type_size(end, (ks_u16)(object->elements - 1)))
		return ks_elements_hold(end, object->elements, type, offset) ? KS_FIT : KS_FIT_NOT;
	for (face = object->faces; face; face = face->next)
		if (offset >= face->offset &&
		    ks_type_holds(end->interface, face->type, type, offset - face->offset) &&
		    offset + size <=
			    ks_array_end(end, object, face->type, face->offset, face->reach))
			return KS_FIT;
	for (face = object->faces; face; face = face->next)
		if (!ks_faces_agree(end, type, offset, face->type, face->offset) ||
		    ks_face_reaches(end, face, offset, size))
			return KS_FIT_NOT;
	return KS_FIT_FACE;
}

/* The end of the face, with what is known of how much lies there. */
static size_t ks_face_end(const struct ks_end *end, const struct ks_face *face)
{
	const size_t size = ks_type_size(end, face->type);
	const size_t known = face->extent == KS_TO_THE_END ? 0 : face->extent;
	const size_t more = face->reach > known ? face->reach : known;

	return face->offset + (more > size ? more : size);
}

/* Whether what lies in [from, to) can be elements of the array that the outer type at `start` ends with. */
static bool ks_faces_are_elements(const struct ks_end *end, const struct ks_object *object,
				  ks_u16 outer, size_t start, size_t from, size_t to)
{
	const struct ks_face *face;

	for (face = object->faces; face; face = face->next)
		if (face->offset < to && ks_face_end(end, face) > from &&
		    (face->offset < start ||
		     !ks_type_holds(end->interface, outer, face->type, face->offset - start)))
			return false;
	return true;
}

/* Under the lock. */
static const char *ks_array_take(struct ks_end *end, struct ks_object *object, ks_u32 offset,
				 ks_u16 type, size_t bytes)
{
	size_t start = 0, *reach = &object->reach;
	ks_u16 outer = object->type;
	struct ks_face *face;

	if (outer == KS_BLOCK || offset >= ks_type_size(end, outer)) {
		for (face = object->faces; face; face = face->next)
			if (offset >= face->offset &&
			    ks_type_holds(end->interface, face->type, type, offset - face->offset))
				break;
		if (!face)
			return "an array behind an unknown struct";
		start = face->offset;
		outer = face->type;
		reach = &face->reach;
	}
	if (offset + bytes > object->size)
		return "more than the object has room for";
	if (!ks_faces_are_elements(end, object, outer, start, start + ks_type_size(end, outer),
				   offset + bytes))
		return "an array where something else lies";
	if (offset + bytes - start > *reach)
		*reach = offset + bytes - start;
	return NULL;
}

void ks_object_array(struct ks_end *end, struct ks_message *message, const void *address,
		     ks_u16 type, size_t bytes)
{
	const char *why = NULL;
	struct ks_object *object;
	unsigned long state;
	ks_u32 offset;

	if (end->is_driver)
		return;
	state = ks_lock_acquire(&end->lock);
	object = ks_object_around(end, address, type, false, &offset);
	if (object && !object->own)
		why = ks_array_take(end, object, offset, type, bytes);
	ks_lock_release(&end->lock, state);
	if (why)
		ks_message_bad(message, why);
}

static bool ks_object_is_findable(const struct ks_object *object)
{
	return !object->ending || object->ending == ks_os_thread();
}

struct ks_object *ks_object_around(struct ks_end *end, const void *address, ks_u16 type,
				   bool may_face, ks_u32 *offset)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object *object = ks_hash_find(objects, address, type);
	struct ks_span *span = NULL;

	*offset = 0;
	if (object && ks_object_fit(end, object, type, 0) != KS_FIT_NOT)
		return object;
	while ((span = ks_span_holding(objects->spans, address, span))) {
		enum ks_fit fit;

		object = KS_OUTER(span, struct ks_object, span);
		*offset = (ks_u32)((size_t)address - span->start);
		fit = ks_object_fit(end, object, type, *offset);
		if (ks_object_is_findable(object) &&
		    (fit == KS_FIT || (may_face && fit == KS_FIT_FACE)))
			return object;
	}
	/* What is opaque holds no address; it may begin at one. */
	span = type == KS_BLOCK ? ks_span_first(objects->spans, address) : NULL;
	*offset = 0;
	object = span && span->start == (size_t)address ? KS_OUTER(span, struct ks_object, span) :
							  NULL;
	return object && ks_object_is_findable(object) && !ks_object_is_lent(object) ? object :
										       NULL;
}

/* ---- walking ---- */

/* The same of an array of structs: in the element that `from` lies in, or in the next one. */
static size_t ks_element_next(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			      size_t from)
{
	const ks_u16 element = (ks_u16)(object->elements - 1);
	const size_t stride = ks_type_size(end, element);
	size_t at = stride ? from / stride * stride : object->size;

	for (; at < object->size; at += stride) {
		size_t inside = ks_type_next(end, element, type, from > at ? from - at : 0);

		if (inside < stride)
			return at + inside;
		if (at > from)
			break;
	}
	return ~(size_t)0;
}

/*
 * The lowest offset of a type in an object that is `from` or more, and when it was made; ~0 if there
 * is none.
 */
static size_t ks_object_next(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			     size_t from, ks_u64 *serial)
{
	const size_t size = ks_type_size(end, type);
	size_t found = ks_type_next(end, object->type, type, from);
	const struct ks_face *face;

	*serial = object->serial;
	if (object->type != KS_BLOCK && found != ~(size_t)0 &&
	    found + size > ks_array_end(end, object, object->type, 0, object->reach))
		found = ~(size_t)0;
	if (object->elements)
		found = ks_element_next(end, object, type, from);
	for (face = object->faces; face; face = face->next) {
		size_t skip = from > face->offset ? from - face->offset : 0;
		size_t inside = ks_type_next(end, face->type, type, skip);

		if (inside != ~(size_t)0 && face->offset + inside < found &&
		    face->offset + inside + size <=
			    ks_array_end(end, object, face->type, face->offset, face->reach)) {
			found = face->offset + inside;
			*serial = face->serial;
		}
	}
	return found;
}

/* Where the type lies in the object of this slot, at the walk's offset or after it. Under the lock. */
static bool ks_walk_object(struct ks_end *end, struct ks_walk *walk, ks_u16 type,
			   const struct ks_object *object, struct ks_place *place)
{
	size_t at;

	if (!object || !ks_object_is_findable(object))
		return false;
	at = ks_object_next(end, object, type, walk->offset, &walk->serial);
	if (at == ~(size_t)0)
		return false;
	walk->address = (char *)object->address + at;
	walk->twin = NULL;
	if (object->twin && ks_type_keeps(end, type) && ks_type_size(end, type) &&
	    at + ks_type_size(end, type) <= object->twinned)
		walk->twin = (char *)object->twin + at;
	walk->offset = (ks_u32)at + 1;
	*place = (struct ks_place){ object->ref, (ks_u32)at, (ks_u32)object->size };
	return true;
}

bool ks_walk_next(struct ks_end *end, struct ks_walk *walk, ks_u16 type, struct ks_place *place)
{
	while (true) {
		struct ks_table *table = walk->shadows ? &end->objects.shadows : &end->objects.own;
		unsigned long state;
		ks_u32 looked;
		bool met;

		if (walk->slot >= ks_load(&table->limit)) {
			if (walk->shadows)
				return false;
			walk->shadows = true;
			walk->slot = 0;
			continue;
		}
		state = ks_lock_acquire(&end->lock);
		for (looked = 0, met = false; looked < KS_SLOTS_LOOKED_AT; looked++) {
			struct ks_slot *slot = ks_table_slot(table, walk->slot);

			met = slot && ks_walk_object(end, walk, type, slot->object, place);
			if (met)
				break;
			walk->offset = 0;
			walk->slot += slot ? 1 : KS_SLOTS_PER_CHUNK;
		}
		ks_lock_release(&end->lock, state);
		if (met)
			return true;
	}
}

ks_u64 ks_objects_made(struct ks_end *end)
{
	return ks_load(&end->objects.made);
}
