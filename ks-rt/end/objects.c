// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Objects and shadows by reference and by address, and the places in them. Looking up takes the lock;
 * making one allocates first, with the lock released, and gives the allocation
 * up if another CPU was faster.
 */
#include "ks-rt/end/end.h"

static ks_ref ks_ref_make(bool drivers, ks_u16 type, ks_u32 generation, ks_u32 slot)
{
	return (ks_ref)drivers << 63 | (ks_ref)(type + 1) << 48 | (ks_ref)generation << 24 | slot;
}

/* What `ref` stands for, of whatever type. Under the lock. */
struct ks_object *ks_object_of_ref(struct ks_end *end, ks_ref ref)
{
	bool own = ks_ref_is_drivers(ref) == end->is_driver;
	struct ks_table *table = own ? &end->objects.own : &end->objects.shadows;
	struct ks_slot *slot = ks_table_slot(table, ks_ref_slot(ref));

	/* The object holds its whole reference: owner, type, generation and slot must all agree. */
	return slot && slot->object && slot->object->ref == ref ? slot->object : NULL;
}

bool ks_ref_known(struct ks_end *end, ks_ref ref)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	bool known = ks_object_of_ref(end, ref) != NULL;

	ks_lock_release(&end->lock, state);
	return known;
}

bool ks_ref_ended(struct ks_end *end, ks_ref ref)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_slot *slot = ks_ref_is_drivers(ref) == end->is_driver ?
				       ks_table_slot(&end->objects.own, ks_ref_slot(ref)) :
				       NULL;
	bool ended = slot && ks_ref_generation(ref) && ks_ref_generation(ref) <= slot->generation &&
		     !ks_object_of_ref(end, ref);

	ks_lock_release(&end->lock, state);
	return ended;
}

/* What the driver's code looks at, and what allocators round that up to. */
static size_t ks_shadow_room(const struct ks_end *end, ks_u16 type)
{
	size_t room = ks_type_room(end, type);

	return room ? room + KS_ROOM_ALIGN : 0;
}

/*
 * A record for an object of `size` bytes, with room for the bytes themselves if it is to be a shadow,
 * and for a twin as large as the object.
 */
static struct ks_object *ks_object_alloc(struct ks_end *end, ks_u16 type, size_t size, bool own)
{
	size_t head = ks_align(sizeof(struct ks_object), 16);
	/* What is taken for a string ends behind its block, whatever the other end has put there. */
	size_t ending = type == KS_BLOCK || ks_type_size(end, type) <= 1 ? 8 : 0;
	size_t room = own || !end->is_driver ? 0 : ks_shadow_room(end, type);
	size_t body = own ? 0 : ks_align((size ? size : 1) + ending, 16);
	size_t inside;
	size_t typed = type == KS_BLOCK ? size : ks_type_size(end, type);
	size_t twin = !typed || !ks_type_keeps(end, type) ? 0 : size;
	struct ks_object *object;

	/* What the driver's code has of its own follows whatever the object ends with. */
	if (room && typed && size > typed)
		room += size - typed;
	if (room > body)
		body = ks_align(room, 16);
	/* The kernel may yet say that all of it belongs to the object. */
	if (room > size && twin)
		twin = room;
	inside = end->is_driver ? body : 0;
	object = ks_os_alloc(head + inside + twin);
	if (object && body && !inside)
		object->body = ks_os_alloc(body);
	if (!object || (body && !inside && !object->body)) {
		ks_os_free(object);
		return NULL;
	}
	object->type = type;
	object->own = own;
	object->size = size;
	object->twinned = twin;
	object->room = room > size ? room : 0;
	object->bytes = head + body + twin;
	if (!own)
		object->address = inside ? (char *)object + head : object->body;
	if (twin)
		object->twin = (char *)object + head + inside;
	return object;
}

void ks_object_grow(struct ks_end *end, struct ks_object *object, size_t size)
{
	ks_span_remove(&end->objects.spans, &object->span);
	object->size = size;
	ks_span_add(&end->objects.spans, &object->span, object->address, size);
}

bool ks_object_charge(struct ks_end *end, struct ks_object *object, size_t bytes)
{
	if (end->objects.bytes + bytes > KS_BYTES_MAX)
		return false;
	end->objects.bytes += bytes;
	object->bytes += bytes;
	ks_store(&end->objects.made, end->objects.made + 1);
	return true;
}

bool ks_face_add(struct ks_end *end, struct ks_object *object, ks_u32 offset, ks_u16 type,
		 size_t extent, struct ks_face **made)
{
	struct ks_face *face = *made;

	if (object->face_count >= KS_FACES_MAX || !ks_object_charge(end, object, sizeof(*face)))
		return false;
	face->serial = end->objects.made;
	face->extent = extent;
	face->offset = offset;
	face->type = type;
	face->next = object->faces;
	object->faces = face;
	object->face_count++;
	*made = NULL;
	return true;
}

/*
 * Links `made`, an own object, unless there is one of its kind at its address; false if the slot
 * that *slot then says is to be prepared first, KS_OBJECTS_MAX if there is none. Under the lock.
 */
static bool ks_own_add(struct ks_end *end, struct ks_object *made, ks_u32 *slot)
{
	struct ks_objects *objects = &end->objects;

	if (ks_hash_find(objects, made->address, made->type))
		return true;
	*slot = KS_OBJECTS_MAX;
	if (objects->bytes + made->bytes <= KS_BYTES_MAX && ks_pages_room(end, made->address))
		*slot = ks_slot_choose(objects);
	if (!ks_table_slot(&objects->own, *slot))
		return false;
	ks_slot_take(objects, *slot, made);
	made->ref = ks_ref_make(end->is_driver, made->type,
				ks_table_slot(&objects->own, *slot)->generation, *slot);
	objects->bytes += made->bytes;
	ks_store(&objects->made, objects->made + 1);
	made->serial = objects->made;
	if (made->on_stack) {
		made->next_on_stack = objects->on_stack;
		ks_store(&objects->on_stack, made);
		if (end->is_driver)
			ks_count(&ks_stack_objects);
	}
	ks_hash_add(end, made);
	return true;
}

bool ks_object_own(struct ks_end *end, const void *address, ks_u16 type, size_t size,
		   ks_u32 elements)
{
	struct ks_object *made = ks_object_alloc(end, type, size, true);
	unsigned long state;
	ks_u32 slot = 0;
	bool there;

	if (!made || !ks_hash_grow(end)) {
		ks_os_free(made);
		return false;
	}
	made->address = (void *)address;
	made->elements = elements;
	made->on_stack = ks_os_stack_around(address) != NULL;
	do {
		state = ks_lock_acquire(&end->lock);
		there = ks_own_add(end, made, &slot);
		ks_lock_release(&end->lock, state);
	} while (!there && ks_table_prepare(end, &end->objects.own, slot));
	if (!made->ref)
		ks_os_free(made);
	return there;
}

/* The driver's variable that the address lies in; NULL if it lies in none. */
static const struct ks_variable *ks_variable_around(const struct ks_end *end, const void *address)
{
	const struct ks_variable *variable = end->interface->variables;
	ks_u32 i;

	for (i = 0; i < end->interface->variable_count; i++, variable++)
		if (variable->address &&
		    (size_t)address - (size_t)variable->address < variable->size)
			return variable;
	return NULL;
}

void *ks_elements_around(const struct ks_end *end, const void *address, size_t *size,
			 ks_u32 *elements)
{
	void *block = end->is_driver ? ks_os_block(address, size) : NULL;
	const struct ks_variable *variable =
		block || !end->is_driver ? NULL : ks_variable_around(end, address);

	*elements = 0;
	if (!variable)
		return block;
	*size = variable->size;
	*elements = variable->elements;
	return variable->address;
}

void *ks_memory_around(const struct ks_end *end, const void *address, size_t *size)
{
	ks_u32 elements;

	return ks_elements_around(end, address, size, &elements);
}

/* Whether the memory is that of a shadow: what lies behind it is no block of the driver's. Under the lock. */
static bool ks_shadow_within(struct ks_end *end, const void *block, size_t size)
{
	struct ks_span *span = ks_span_first(end->objects.spans, block);

	return span && span->start - (size_t)block < size &&
	       !KS_OUTER(span, struct ks_object, span)->own;
}

/*
 * Makes what `address` is to be found by from now on: the memory of the driver's around it, or, where
 * none is known or it has been made already and is taken for something else, an object for itself, of
 * `needs` bytes and what it says to have beyond its type.
 */
static bool ks_object_make(struct ks_end *end, const void *address, ks_u16 type, size_t needs)
{
	size_t size = 0;
	ks_u32 elements;
	void *block = ks_elements_around(end, address, &size, &elements);
	unsigned long state;

	if (block) {
		state = ks_lock_acquire(&end->lock);
		if (size > KS_OBJECT_SIZE_MAX || ks_hash_find(&end->objects, block, KS_BLOCK) ||
		    ks_shadow_within(end, block, size) ||
		    needs > size - ((size_t)address - (size_t)block))
			block = NULL;
		ks_lock_release(&end->lock, state);
	}
	if (block)
		return ks_object_own(end, block, KS_BLOCK, size, elements);
	if (type == KS_BLOCK)
		return false;
	size = ks_type_extra(end, type, address);
	return size <= KS_OBJECT_SIZE_MAX && ks_object_own(end, address, type, needs + size, 0);
}

/* What the kernel's end was sent is where it is, whatever the kernel takes it for. Under the lock. */
static struct ks_object *ks_shadow_around(struct ks_end *end, const void *address, ks_u16 type,
					  ks_u32 *offset)
{
	struct ks_span *span = NULL;

	while (!end->is_driver && (span = ks_span_holding(end->objects.spans, address, span))) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		*offset = (ks_u32)((size_t)address - span->start);
		if (!object->own && *offset + ks_type_size(end, type) <= object->size)
			return object;
	}
	return NULL;
}

/* What is known to be at least as large from now on. Under the lock. */
static void ks_face_grow(struct ks_object *object, ks_u32 offset, ks_u16 type, size_t extent)
{
	struct ks_face *face;

	/* Of what is lent, the kernel's end alone says how much is shown. */
	if (object->own && ks_object_is_lent(object))
		return;
	for (face = object->faces; face; face = face->next)
		if (face->offset == offset && face->type == type && face->extent < extent)
			face->extent = extent;
}

/* Finds the place, if need be with a face that *face is spent for. Under the lock. */
static bool ks_place_get(struct ks_end *end, const void *address, ks_u16 type, size_t extent,
			 struct ks_face **face, struct ks_place *place, bool *wants_face)
{
	ks_u32 offset;
	struct ks_object *object = ks_object_around(end, address, type, true, &offset);

	*wants_face = false;
	if (object && ks_object_fit(end, object, type, offset) == KS_FIT_FACE) {
		*wants_face = !*face;
		if (!*face || !ks_face_add(end, object, offset, type, extent, face))
			return false;
	} else if (object) {
		ks_face_grow(object, offset, type, extent);
	}
	if (!object)
		object = ks_shadow_around(end, address, type, &offset);
	if (object)
		*place = (struct ks_place){ object->ref, offset, (ks_u32)object->size };
	return object != NULL;
}

/*
 * The driver's small numbers stand for memory without a byte, and those that are no address of any processor's
 * (canonical form) for no memory: the kernel sees none.
 */
static struct ks_place ks_place_of_no_object(const struct ks_end *end, const void *number)
{
	const ks_u64 top = (ks_u64)(size_t)number >> 56;

	if (end->is_driver && ((size_t)number < 4096 || (top && top != 0xff)))
		number = NULL;
	return ks_place_of_number(number);
}

/*
 * As ks_object_place, which makes an object of `needs` bytes if it has to make one; `extent` of what lies
 * in a larger one are known to be of the type.
 */
static struct ks_place ks_place_of(struct ks_end *end, struct ks_message *message,
				   const void *address, ks_u16 type, size_t needs, size_t extent)
{
	struct ks_place place = { 0 };
	struct ks_face *face = NULL;
	bool gone = false;
	ks_u32 tries;

	if (!ks_leads_to_memory(end, address))
		return ks_place_of_no_object(end, address);
	if (type >= end->interface->type_count && type != KS_BLOCK) {
		ks_message_fail(message, -EINVAL);
		return place;
	}
	/* More than one, since others may end what has just been made. */
	for (tries = 0; tries < 16; tries++) {
		unsigned long state = ks_lock_acquire(&end->lock);
		bool wants_face,
			got = ks_place_get(end, address, type, extent, &face, &place, &wants_face);

		/* The driver's code still has the pointer to what the kernel has freed, and follows it no more. */
		gone = !got && end->is_driver && ks_shadow_is_gone(end, address);
		ks_lock_release(&end->lock, state);
		if (got || gone || (!wants_face && face))
			break;
		if (wants_face)
			face = ks_os_alloc(sizeof(*face));
		if (wants_face ? !face : !ks_object_make(end, address, type, needs))
			break;
	}
	ks_os_free(face);
	if (!place.ref && !gone && type != KS_BLOCK)
		ks_message_fail(message, -ENOMEM);
	return place;
}

struct ks_place ks_object_place(struct ks_end *end, struct ks_message *message, const void *address,
				ks_u16 type)
{
	return ks_place_of(end, message, address, type, ks_type_size(end, type), KS_TO_THE_END);
}

/* Whether a `type` at `address` is found where the place says, if need be with a face. */
static bool ks_place_is_at(struct ks_end *end, const void *address, ks_u16 type,
			   struct ks_place place)
{
	struct ks_face *face = NULL;
	struct ks_place found = { 0 };
	bool got, wants_face;

	do {
		unsigned long state = ks_lock_acquire(&end->lock);

		got = ks_place_get(end, address, type, KS_TO_THE_END, &face, &found, &wants_face);
		ks_lock_release(&end->lock, state);
		if (wants_face)
			face = ks_os_alloc(sizeof(*face));
	} while (wants_face && face);
	ks_os_free(face);
	return got && found.ref == place.ref && found.offset == place.offset;
}

/*
 * The kernel keeps the shadows of the driver's objects after these have ended. So what is known of the
 * driver's memory there can make room for something larger: a frame of a function that has returned.
 * Of the kernel's memory the driver may hold pointers.
 */
static bool ks_place_clear(struct ks_end *end, const void *address, size_t size)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_span *span = ks_span_first(end->objects.spans, address);
	bool cleared = false;

	while (end->is_driver && span && span->start - (size_t)address < size) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		if (!object->own || object->fixed || object->type == KS_BLOCK ||
		    span->end - (size_t)address > size)
			break;
		ks_object_queue_drop(end, object);
		cleared = true;
		span = ks_span_first(end->objects.spans, address);
	}
	ks_lock_release(&end->lock, state);
	return cleared;
}

size_t ks_room_bytes(struct ks_end *end, const void *address)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_span *span = NULL;
	size_t bytes = 0;

	while (end->is_driver && !bytes &&
	       (span = ks_span_holding(end->objects.spans, address, span))) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);
		const size_t struct_size = ks_type_size(end, object->type);

		if (!object->own && struct_size && (size_t)address - span->start >= struct_size)
			bytes = span->end - (size_t)address;
	}
	ks_lock_release(&end->lock, state);
	return bytes;
}

/*
 * Bytes behind a struct of the kernel's are an object of their own: what lies there has a type where pointers to it
 * have crossed, and a place in the kernel's object.
 */
static struct ks_place ks_place_of_room(struct ks_end *end, const void *address, ks_u16 type,
					size_t size)
{
	struct ks_place place = { 0 };
	ks_u32 tries;

	for (tries = 0; tries < 16 && !place.ref; tries++) {
		unsigned long state = ks_lock_acquire(&end->lock);
		struct ks_object *object = ks_hash_find(&end->objects, address, type);

		if (object && object->own && object->size < size) {
			ks_object_queue_drop(end, object);
			object = NULL;
		}
		if (object && object->own) {
			object->plain = true;
			place = (struct ks_place){ object->ref, 0, (ks_u32)object->size };
		}
		ks_lock_release(&end->lock, state);
		if (!place.ref && !ks_object_own(end, address, type, size, 0))
			break;
	}
	return place;
}

static bool ks_place_holds_row(struct ks_end *end, const void *address, ks_u16 type, ks_u64 count,
			       struct ks_place place)
{
	const size_t size = ks_type_size(end, type);
	ks_u64 i;

	for (i = 1; i < count; i++) {
		place.offset += (ks_u32)size;
		if (!ks_place_is_at(end, (const char *)address + i * size, type, place))
			return false;
	}
	return true;
}

struct ks_place ks_object_place_memory(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, size_t size)
{
	struct ks_place place = ks_place_of(end, message, address, type, size, KS_TO_THE_END);

	if (place.ref && !place.offset && place.extent < size && ks_place_clear(end, address, size))
		place = ks_place_of(end, message, address, type, size, KS_TO_THE_END);
	return place;
}

/* At the kernel's end, what it was sent; what is known to be of the type there is as large from now on. */
struct ks_place ks_place_of_drivers(struct ks_end *end, const void *address, ks_u16 type,
				    size_t size)
{
	struct ks_place place = { 0 };
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *object = ks_shadow_around(end, address, KS_BLOCK, &offset);

	if (object && size <= object->size - offset) {
		place = (struct ks_place){ object->ref, offset, (ks_u32)object->size };
		ks_face_grow(object, offset, type, size);
	}
	ks_lock_release(&end->lock, state);
	return place;
}

/* What the driver has given back since, and the kernel may still hold. */
static bool ks_is_retired(struct ks_end *end, const void *address)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	bool found = ks_span_holding(end->objects.retired, address, NULL) != NULL;

	ks_lock_release(&end->lock, state);
	return found;
}

bool ks_object_is_drivers(struct ks_end *end, const void *address)
{
	size_t size;

	return end->is_driver ? ks_memory_around(end, address, &size) != NULL ||
					ks_room_bytes(end, address) :
				ks_place_of_drivers(end, address, KS_BLOCK, 0).ref != 0 ||
					ks_is_retired(end, address);
}

struct ks_place ks_object_place_bytes(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type, size_t size)
{
	struct ks_place none = { 0 }, place;
	size_t around = 0;
	const char *block;

	if (!address)
		return none;
	if (!end->is_driver)
		return ks_place_of_drivers(end, address, type, size);
	size = size ? size : 1;
	if (ks_lent_has(end, address, size))
		return ks_place_of(end, message, address, type, size, size);
	around = ks_room_bytes(end, address);
	if (around)
		return size <= around ? ks_place_of_room(end, address, type, size) : none;
	block = ks_memory_around(end, address, &around);
	if (!block || around > KS_OBJECT_SIZE_MAX ||
	    size > around - (size_t)((const char *)address - block))
		return none;
	place = ks_place_of(end, message, address, type, size, size);
	/* Where something else is known to lie, it is memory for itself, as large as was said first. */
	return place.ref && size <= place.extent - place.offset ? place : none;
}

struct ks_place ks_object_place_row(struct ks_end *end, struct ks_message *message,
				    const void *address, ks_u16 type, ks_u64 count)
{
	const size_t size = ks_type_size(end, type);
	struct ks_place place = { 0 };

	if (!address || !size || !count || count > KS_OBJECT_SIZE_MAX / size)
		return place;
	do {
		place = ks_place_of(end, message, address, type, count * size, KS_TO_THE_END);
		if (!place.ref || ks_place_holds_row(end, address, type, count, place))
			return place;
	} while (ks_place_clear(end, address, count * size));
	if (!ks_load(&end->said_row)) {
		ks_store(&end->said_row, true);
		ks_os_log("%s: elements of an array lie in several objects: they cross as copies",
			  end->interface->name);
	}
	return (struct ks_place){ 0 };
}

struct ks_place ks_object_place_fresh(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_span *span = ks_span_first(end->objects.spans, address);

	while (address && span && span->start == (size_t)address) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		if (!object->own || object->fixed)
			break;
		ks_object_queue_drop(end, object);
		span = ks_span_first(end->objects.spans, address);
	}
	ks_lock_release(&end->lock, state);
	return ks_object_place(end, message, address, type);
}

/* ---- what comes ---- */

/* Whether `place` has the form of one; else the message is bad. */
static bool ks_place_check(struct ks_end *end, struct ks_message *message, struct ks_place place,
			   ks_u16 type)
{
	ks_u32 whole = ks_ref_type(place.ref);
	const char *why = NULL;

	if ((type >= end->interface->type_count && type != KS_BLOCK) || !whole ||
	    (whole > end->interface->type_count && whole != KS_BLOCK + 1))
		why = "reference of no type";
	else if (!ks_ref_generation(place.ref))
		why = "reference without generation";
	else if (ks_ref_slot(place.ref) >= KS_OBJECTS_MAX)
		why = "reference to a slot out of range";
	if (why)
		ks_message_bad(message, why);
	return !why;
}

/*
 * NULL, or no place at all: nothing is to be looked up. The driver's end takes a number that stands for an
 * error from the kernel, the kernel's end none.
 */
static bool ks_place_is_none(struct ks_end *end, struct ks_message *message, struct ks_place place,
			     ks_u16 type)
{
	if (message->error)
		return true;
	if (place.ref)
		return !ks_place_check(end, message, place, type);
	if (ks_place_number(place) &&
	    (!end->is_driver || ks_may_be_followed(ks_place_number(place))))
		ks_message_bad(message, "place in NULL");
	return true;
}

/* What the other end's object will be here: not in any table, and not known to hold anything. */
static struct ks_object ks_object_to_be(struct ks_place place, size_t extent)
{
	return (struct ks_object){
		.ref = place.ref,
		.size = extent,
		.type = (ks_u16)(ks_ref_type(place.ref) - 1),
	};
}

/* Why a new shadow cannot have this extent; NULL if it can. */
static const char *ks_extent_check(const struct ks_end *end, struct ks_place place, size_t extent)
{
	ks_u16 whole = (ks_u16)(ks_ref_type(place.ref) - 1);

	if (extent > KS_OBJECT_SIZE_MAX || (whole == KS_BLOCK && !extent))
		return "object of an impossible size";
	return extent < ks_type_size(end, whole) ? "object smaller than its type" : NULL;
}

/*
 * How the type fits into the object at the place's offset; NULL if it does. The kernel's end is
 * strict. At the driver's what the kernel says is so, if it is inside of the object.
 */
static const char *ks_misfit(struct ks_end *end, const struct ks_object *object,
			     struct ks_place place, ks_u16 type, enum ks_fit *fit)
{
	*fit = ks_object_fit(end, object, type, place.offset);
	/* Behind a struct of the kernel's that says how much is there, that is what there is. */
	if (*fit == KS_FIT_FACE && !end->is_driver && object->own && object->type != KS_BLOCK &&
	    ks_type_has_extra(end, object->type))
		*fit = KS_FIT_NOT;
	if (*fit == KS_FIT_NOT && end->is_driver &&
	    (ks_u64)place.offset + ks_type_size(end, type) <= object->size)
		*fit = KS_FIT;
	if (*fit != KS_FIT_NOT)
		return NULL;
	return (ks_u64)place.offset + ks_type_size(end, type) > object->size ?
		       "reference to a place outside of its object" :
		       "reference to what does not lie there";
}

void *ks_object_find(struct ks_end *end, struct ks_message *message, struct ks_place place,
		     ks_u16 type)
{
	const char *why = "reference to an unknown object";
	struct ks_object *object;
	void *address = NULL;
	unsigned long state;
	enum ks_fit fit;

	if (ks_place_is_none(end, message, place, type))
		return message->error ? NULL : ks_place_number(place);
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, place.ref);
	if (object)
		why = ks_misfit(end, object, place, type, &fit);
	if (object && !why && fit == KS_FIT_FACE && !end->is_driver)
		why = "reference to an unknown object";
	if (!why)
		address = (char *)object->address + place.offset;
	ks_lock_release(&end->lock, state);
	if (why)
		ks_message_bad(message, why);
	return address;
}

/*
 * What an earlier place of the same message, of which nothing has been made yet, has to say to this
 * one. Those that there is no room for are only found to contradict each other in the second pass.
 */
static const char *ks_claim(struct ks_end *end, struct ks_message *message, struct ks_place place,
			    ks_u16 type, bool is_face)
{
	struct ks_buffer *buffer = KS_OUTER(message, struct ks_buffer, message);
	struct ks_claim *claim = buffer->claims;
	ks_u32 i;

	for (i = 0; i < buffer->claim_count; i++, claim++) {
		if (claim->ref != place.ref)
			continue;
		if (is_face && claim->is_face &&
		    !ks_faces_agree(end, claim->type, claim->offset, type, place.offset))
			return "reference to what does not lie there";
		if ((ks_u64)place.offset + ks_type_size(end, type) > claim->extent)
			return "reference to a place outside of its object";
		place.extent = claim->extent;
	}
	if (i < KS_CLAIMS_MAX) {
		*claim = (struct ks_claim){ place.ref, place.offset, place.extent, type, is_face };
		buffer->claim_count++;
	}
	return NULL;
}

/* Why ks_object_shadow() would not accept the place, or NULL. Under the lock. */
static const char *ks_place_refused(struct ks_end *end, struct ks_message *message,
				    struct ks_place place, ks_u16 type)
{
	struct ks_object *object = ks_object_of_ref(end, place.ref), none;
	const char *why = NULL;
	enum ks_fit fit;

	if (!object && ks_ref_is_drivers(place.ref) == end->is_driver)
		return "reference to an unknown object";
	if (object) {
		place.extent = (ks_u32)object->size;
	} else {
		none = ks_object_to_be(place, place.extent);
		why = ks_extent_check(end, place, place.extent);
		object = &none;
	}
	if (!why)
		why = ks_misfit(end, object, place, type, &fit);
	if (!why && !end->is_driver && (fit == KS_FIT_FACE || object == &none))
		why = ks_claim(end, message, place, type, fit == KS_FIT_FACE);
	return why;
}

bool ks_object_acceptable(struct ks_end *end, struct ks_message *message, struct ks_place place,
			  ks_u16 type)
{
	unsigned long state;
	const char *why;

	if (ks_place_is_none(end, message, place, type))
		return !message->error;
	state = ks_lock_acquire(&end->lock);
	why = ks_place_refused(end, message, place, type);
	ks_lock_release(&end->lock, state);
	if (why)
		ks_message_bad(message, why);
	return !why;
}

/* Puts a new shadow into its place, which must be prepared and empty. */
static void ks_shadow_link(struct ks_end *end, struct ks_object *object, ks_ref ref)
{
	struct ks_objects *objects = &end->objects;

	object->ref = ref;
	ks_table_slot(&objects->shadows, ks_ref_slot(ref))->object = object;
	objects->shadows.count++;
	ks_hash_add(end, object);
}

/* Once: what the kernel may hold pointers into is not given up for that. */
static void ks_say_full(struct ks_end *end)
{
	if (ks_load(&end->said_full))
		return;
	ks_store(&end->said_full, true);
	ks_os_log(
		"%s: no room for another shadow; %u are kept since the kernel may still hold them, and %lu bytes that it was given are lost",
		end->interface->name, ks_load(&end->objects.retired_count),
		(unsigned long)ks_load(&end->objects.lost));
}

/*
 * Links `made`, or finds the shadow that another CPU has linked meanwhile; NULL if there is no room. The
 * other end only reuses a slot whose old object it ended, so a shadow with another reference is as good
 * as dropped. Under the lock.
 */
static struct ks_object *ks_shadow_enter(struct ks_end *end, ks_ref ref, struct ks_object *made)
{
	struct ks_objects *objects = &end->objects;
	struct ks_slot *slot = ks_table_slot(&objects->shadows, ks_ref_slot(ref));
	struct ks_object *object = slot->object;

	if (object && object->ref != ref && !object->fixed) {
		ks_object_displace(end, object);
		object = NULL;
	}
	if (!object && objects->bytes + made->bytes <= KS_BYTES_MAX &&
	    ks_pages_room(end, made->address)) {
		ks_drop_cancel(end, ref);
		ks_shadow_link(end, made, ref);
		objects->bytes += made->bytes;
		ks_store(&objects->made, objects->made + 1);
		made->serial = objects->made;
		object = made;
	}
	return object && object->ref == ref ? object : NULL;
}

/* What entering a shadow of that reference needs. */
static bool ks_shadow_ready(struct ks_end *end, ks_ref ref)
{
	ks_u32 slot = ks_ref_slot(ref);

	return ks_hash_grow(end) &&
	       (ks_load(&end->objects.shadows.chunks[slot / KS_SLOTS_PER_CHUNK]) ||
		ks_table_prepare(end, &end->objects.shadows, slot));
}

static bool ks_shadow_make(struct ks_end *end, struct ks_place place, size_t extent)
{
	struct ks_object *made =
		ks_object_alloc(end, (ks_u16)(ks_ref_type(place.ref) - 1), extent, false);
	struct ks_object *object = NULL;
	bool ready = made && ks_shadow_ready(end, place.ref);
	unsigned long state;

	if (ready) {
		state = ks_lock_acquire(&end->lock);
		object = ks_shadow_enter(end, place.ref, made);
		ks_lock_release(&end->lock, state);
		if (!object)
			ks_say_full(end);
	}
	if (made && object != made)
		ks_object_free(made);
	return object != NULL;
}

struct ks_object *ks_shadow_at(struct ks_end *end, struct ks_place place,
			       struct ks_percpu_body *body, ks_u32 processor)
{
	struct ks_object *made =
		ks_object_alloc(end, (ks_u16)(ks_ref_type(place.ref) - 1), place.extent, true);

	if (!made)
		return NULL;
	made->own = false;
	made->address = ks_os_percpu_at(body->start, processor);
	made->bytes += place.extent;
	made->percpu_body = body;
	made->processor = processor + 1;
	ks_count(&body->users);
	if (ks_shadow_ready(end, place.ref))
		return made;
	ks_object_free(made);
	return NULL;
}

bool ks_shadows_enter(struct ks_end *end, const struct ks_place *places, struct ks_object **made,
		      ks_u32 count)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 known = 0, entered = 0, i;

	for (i = 0; i < count; i++)
		known += ks_object_of_ref(end, places[i].ref) != NULL;
	for (; !known && entered < count; entered++)
		if (!ks_object_of_ref(end, places[entered].ref) &&
		    ks_shadow_enter(end, places[entered].ref, made[entered]) != made[entered])
			break;
	/* None is to be known without the others. */
	for (i = 0; i < entered; i++) {
		struct ks_object *object = ks_object_of_ref(end, places[i].ref);

		if (object == made[i])
			made[i] = NULL;
		if (object && entered < count)
			ks_object_queue_drop(end, object);
	}
	ks_lock_release(&end->lock, state);
	if (!known && entered < count)
		ks_say_full(end);
	return known || entered == count;
}

/* Makes the other end's object if it is not here; its whole is as large as it and `size` say. */
static bool ks_shadow_prepare(struct ks_end *end, struct ks_message *message, struct ks_place place,
			      ks_u16 type, size_t size)
{
	size_t extent = place.extent;
	struct ks_object none;
	enum ks_fit fit;
	const char *why;

	if (ks_ref_known(end, place.ref))
		return true;
	if (ks_ref_type(place.ref) != KS_BLOCK + 1 && !place.offset && size > extent)
		extent = size;
	why = ks_ref_is_drivers(place.ref) == end->is_driver ? "reference to an unknown object" :
							       ks_extent_check(end, place, extent);
	none = ks_object_to_be(place, extent);
	if (!why)
		why = ks_misfit(end, &none, place, type, &fit);
	if (why)
		ks_message_bad(message, why);
	else if (!ks_shadow_make(end, place, extent))
		ks_message_fail(message, -ENOMEM);
	return !message->error;
}

/* The address, if need be with a face that *face is spent for. Under the lock. */
static void *ks_shadow_get(struct ks_end *end, struct ks_message *message, struct ks_place place,
			   ks_u16 type, size_t size, size_t known, struct ks_face **face)
{
	struct ks_object *object = ks_object_of_ref(end, place.ref);
	const char *why = "reference to an unknown object";
	enum ks_fit fit;

	if (object)
		why = ks_misfit(end, object, place, type, &fit);
	/* It had crossed before the kernel could say how large it is. */
	if (object && !why && !object->own && !object->fixed && !place.offset &&
	    size > object->size && size <= object->room)
		ks_object_grow(end, object, size);
	if (object && !why && object->own && ks_object_is_lent(object) &&
	    size > ks_lent_room(object, place.offset))
		why = "more than was lent";
	/* An own object is as large as its owner made it; the other end cannot ask for more. */
	if (!why && !object->own && !object->fixed && (ks_u64)place.offset + size > object->size)
		why = "object larger than its shadow";
	if (why) {
		ks_message_bad(message, why);
		return NULL;
	}
	if (fit == KS_FIT_FACE && !ks_face_add(end, object, place.offset, type, known, face)) {
		ks_message_fail(message, -ENOMEM);
		return NULL;
	}
	if (fit == KS_FIT)
		ks_face_grow(object, place.offset, type, known);
	return (char *)object->address + place.offset;
}

static void *ks_shadow_of(struct ks_end *end, struct ks_message *message, struct ks_place place,
			  ks_u16 type, size_t size, size_t known)
{
	struct ks_face *face = NULL;
	unsigned long state;
	void *address;

	if (ks_place_is_none(end, message, place, type))
		return message->error ? NULL : ks_place_number(place);
	if (!size)
		size = ks_type_size(end, type);
	if (size < ks_type_size(end, type) || size > KS_OBJECT_SIZE_MAX) {
		ks_message_bad(message, "object of an impossible size");
		return NULL;
	}
	if (!ks_shadow_prepare(end, message, place, type, size))
		return NULL;
	/* Most often for nothing, but for the first pointer into a block. */
	if (place.offset || ks_ref_type(place.ref) != (ks_u32)type + 1) {
		face = ks_os_alloc(sizeof(*face));
		if (!face) {
			ks_message_fail(message, -ENOMEM);
			return NULL;
		}
	}
	state = ks_lock_acquire(&end->lock);
	address = ks_shadow_get(end, message, place, type, size, known, &face);
	ks_lock_release(&end->lock, state);
	ks_os_free(face);
	return address;
}

void *ks_object_shadow(struct ks_end *end, struct ks_message *message, struct ks_place place,
		       ks_u16 type, size_t size)
{
	return ks_shadow_of(end, message, place, type, size, KS_TO_THE_END);
}

void *ks_object_shadow_bytes(struct ks_end *end, struct ks_message *message, struct ks_place place,
			     ks_u16 type, size_t size)
{
	return ks_shadow_of(end, message, place, type, size, size ? size : 1);
}

void *ks_object_twin(struct ks_end *end, const void *address, ks_u16 type)
{
	size_t size = ks_type_size(end, type);
	struct ks_object *object;
	unsigned long state;
	void *twin = NULL;
	ks_u32 offset;

	if (!address || !size || !ks_type_keeps(end, type))
		return NULL;
	state = ks_lock_acquire(&end->lock);
	object = ks_object_around(end, address, type, false, &offset);
	if (object && object->twin && offset + size <= object->twinned)
		twin = (char *)object->twin + offset;
	ks_lock_release(&end->lock, state);
	return twin;
}

/* Up to the end of the object, or of what is known to be of the type there. Under the lock. */
static size_t ks_room_from(const struct ks_object *object, ks_u32 offset, ks_u16 type)
{
	size_t room = object->size > offset ? object->size - offset : 0;
	const struct ks_face *face;

	if (object->own && ks_object_is_lent(object))
		return ks_lent_room(object, offset);
	for (face = object->faces; face; face = face->next)
		if (face->offset == offset && face->type == type && face->extent < room)
			room = face->extent;
	return room;
}

size_t ks_object_room(struct ks_end *end, const void *address, ks_u16 type, size_t *twin)
{
	struct ks_object *object;
	unsigned long state;
	size_t room = 0;
	ks_u32 offset;

	*twin = 0;
	state = ks_lock_acquire(&end->lock);
	object = address ? ks_object_around(end, address, type, false, &offset) : NULL;
	if (object)
		room = ks_room_from(object, offset, type);
	if (object && object->twin && object->twinned > offset)
		*twin = object->twinned - offset;
	ks_lock_release(&end->lock, state);
	return room;
}

/* A global's reference is the same from the start: slot n, generation 1, the kernel's. */
int ks_object_bind_global(struct ks_end *end, ks_u32 n)
{
	const struct ks_global *global = &end->interface->globals[n];
	struct ks_objects *objects = &end->objects;
	struct ks_table *table = end->is_driver ? &objects->shadows : &objects->own;
	ks_ref ref = ks_ref_make(false, global->type, 1, n);
	struct ks_object *object;

	if (global->type >= end->interface->type_count || n >= KS_OBJECTS_MAX)
		return -EINVAL;
	object = ks_object_alloc(end, global->type, end->interface->types[global->type].size, true);
	if (!object || !ks_hash_grow(end) || !ks_table_prepare(end, table, n)) {
		ks_os_free(object);
		return -ENOMEM;
	}
	object->own = !end->is_driver;
	object->fixed = true;
	object->serial = ++objects->made; /* before any message, and an object for clauses */
	object->address = global->address;
	if (end->is_driver) {
		ks_shadow_link(end, object, ref);
	} else {
		object->ref = ref;
		ks_slot_take(objects, n, object);
		ks_hash_add(end, object);
	}
	return 0;
}

/* The tables of a new pairing, with the globals in their slots. Frees nothing if it fails. */
int ks_objects_init(struct ks_end *end)
{
	ks_u32 n;
	int error;

	memset(&end->objects, 0, sizeof(end->objects));
	for (n = 0; n < end->interface->global_count; n++) {
		error = ks_object_bind_global(end, n);
		if (error)
			return error;
		end->objects.fixed_count++;
	}
	return 0;
}

/*
 * The object's record ends with the domain. The kernel's own object lives on, and so does what was
 * attached to it; and what a function of the kernel's has given back, somebody there may hold or free.
 * Such bytes are left; how many there are.
 */
static size_t ks_object_end(struct ks_end *end, struct ks_object *object)
{
	struct ks_attachment *attachment = object->attachments;
	/* Of per-CPU memory that the driver has not given back there is no telling, either. */
	const bool unsure = object->percpu_body && !end->is_driver && !object->retired &&
			    !ks_os_sees_frees(object->address);
	size_t left = object->given_back || unsure ? ks_object_leave_body(object) : 0;

	if (!end->is_driver && object->own) {
		left += ks_percpu_holds_end(object, true);
		for (; attachment; attachment = object->attachments) {
			object->attachments = attachment->next;
			left += attachment->capacity;
			ks_os_leave(attachment);
		}
	}
	ks_object_free(object);
	return left;
}

static size_t ks_objects_end_list(struct ks_end *end, struct ks_object *list)
{
	size_t left = 0;

	while (list) {
		struct ks_object *next = list->next;

		if (list->retired)
			ks_retired_remove(end, list);
		left += ks_object_end(end, list);
		list = next;
	}
	return left;
}

/* Of whose memory nobody holds anything. */
static void ks_objects_free_list(struct ks_object *list)
{
	while (list) {
		struct ks_object *next = list->next;

		ks_object_free(list);
		list = next;
	}
}

/* When the end is not used any more. */
void ks_objects_free(struct ks_end *end)
{
	struct ks_objects *objects = &end->objects;
	struct ks_span *span;
	size_t left = 0;
	ks_u32 i;

	for (; end->is_driver && objects->on_stack;
	     objects->on_stack = objects->on_stack->next_on_stack)
		__atomic_fetch_sub(&ks_stack_objects, 1, __ATOMIC_RELAXED);
	for (i = 0; i < objects->bucket_count; i++)
		while (objects->buckets[i]) {
			struct ks_object *object = objects->buckets[i];

			objects->buckets[i] = object->hash_next;
			ks_pages_remove(end, object->address);
			left += ks_object_end(end, object);
		}
	left += ks_objects_end_list(end, objects->drops.first);
	left += ks_texts_end(end);
	left += ks_kept_end(end);
	ks_objects_free_list(objects->condemned[0]);
	ks_objects_free_list(objects->condemned[1]);
	while ((span = ks_span_first(objects->retired, NULL))) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		ks_retired_remove(end, object);
		left += ks_object_end(end, object);
	}
	if (left)
		ks_os_log("%s: %lu bytes are left to the kernel, which may hold them",
			  end->interface->name, (unsigned long)left);
	ks_table_free(&objects->own);
	ks_table_free(&objects->shadows);
	ks_os_free(objects->buckets);
	memset(objects, 0, sizeof(*objects));
}
