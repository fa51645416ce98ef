// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Objects and shadows by reference and by address. Looking up takes the lock;
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

/* A record with room for a shadow of `size` bytes (none: -1) and, at the driver's end, a twin. */
static struct ks_object *ks_object_alloc(struct ks_end *end, ks_u16 type, size_t size, bool own)
{
	size_t head = ks_align(sizeof(struct ks_object), 16);
	size_t body = own ? 0 : ks_align(size ? size : 1, 16);
	ks_u32 typed = end->interface->types[type].size;
	size_t twin = end->is_driver ? typed : 0;
	struct ks_object *object = ks_os_alloc(head + body + twin);

	if (!object)
		return NULL;
	object->type = type;
	object->own = own;
	object->size = size;
	object->bytes = head + body + twin;
	if (!own)
		object->address = (char *)object + head;
	if (twin)
		object->twin = (char *)object + head + body;
	return object;
}

/*
 * Finds the own object at the address of `made`, or links `made`; `fresh` displaces one that is
 * there already. Under the lock. What is not found or linked has reference 0, and *slot says which
 * slot is to be prepared first, KS_OBJECTS_MAX if there is none.
 */
static ks_ref ks_own_add(struct ks_end *end, struct ks_object *made, bool fresh, ks_u32 *slot)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object *object = ks_hash_find(objects, made->address, made->type);

	if (object && fresh && !object->fixed) {
		ks_object_queue_drop(end, object);
		object = NULL;
	}
	if (object)
		return object->ref;
	*slot = KS_OBJECTS_MAX;
	if (objects->bytes + made->bytes <= KS_BYTES_MAX)
		*slot = ks_slot_choose(objects);
	if (!ks_table_slot(&objects->own, *slot))
		return 0;
	ks_slot_take(objects, *slot, made);
	made->ref = ks_ref_make(end->is_driver, made->type,
				ks_table_slot(&objects->own, *slot)->generation, *slot);
	objects->bytes += made->bytes;
	ks_hash_add(objects, made);
	return made->ref;
}

/* The reference of the own object at `address`, made if need be; 0 without memory or room. */
static ks_ref ks_object_own(struct ks_end *end, const void *address, ks_u16 type, bool fresh)
{
	struct ks_object *made;
	unsigned long state;
	ks_u32 slot = 0;
	ks_ref ref;

	made = ks_object_alloc(end, type, end->interface->types[type].size, true);
	if (!made || !ks_hash_grow(end)) {
		ks_os_free(made);
		return 0;
	}
	made->address = (void *)address;
	do {
		state = ks_lock_acquire(&end->lock);
		ref = ks_own_add(end, made, fresh, &slot);
		ks_lock_release(&end->lock, state);
	} while (!ref && ks_table_prepare(end, &end->objects.own, slot));
	if (!made->ref)
		ks_os_free(made);
	return ref;
}

static ks_ref ks_object_ref_any(struct ks_end *end, struct ks_message *message, const void *address,
				ks_u16 type, bool fresh)
{
	struct ks_object *object;
	unsigned long state;
	ks_ref ref = 0;

	if (!address)
		return 0;
	if (type >= end->interface->type_count) {
		ks_message_fail(message, -EINVAL);
		return 0;
	}
	if (!fresh) {
		state = ks_lock_acquire(&end->lock);
		object = ks_hash_find(&end->objects, address, type);
		if (object)
			ref = object->ref;
		ks_lock_release(&end->lock, state);
	}
	if (!ref)
		ref = ks_object_own(end, address, type, fresh);
	if (!ref)
		ks_message_fail(message, -ENOMEM);
	return ref;
}

ks_ref ks_object_ref(struct ks_end *end, struct ks_message *message, const void *object,
		     ks_u16 type)
{
	return ks_object_ref_any(end, message, object, type, false);
}

ks_ref ks_object_ref_fresh(struct ks_end *end, struct ks_message *message, const void *object,
			   ks_u16 type)
{
	return ks_object_ref_any(end, message, object, type, true);
}

/* Whether `ref` has the form of a reference to a `type`; else the message is bad. */
static bool ks_ref_check(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type)
{
	const char *why = NULL;

	if (type >= end->interface->type_count || ks_ref_type(ref) != (ks_u32)type + 1)
		why = "reference of another type";
	else if (!ks_ref_generation(ref))
		why = "reference without generation";
	else if (ks_ref_slot(ref) >= KS_OBJECTS_MAX)
		why = "reference to a slot out of range";
	if (why)
		ks_message_bad(message, why);
	return !why;
}

void *ks_object_find(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type)
{
	struct ks_object *object;
	void *address = NULL;
	unsigned long state;

	if (!ref || message->error || !ks_ref_check(end, message, ref, type))
		return NULL;
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, ref);
	if (object)
		address = object->address;
	ks_lock_release(&end->lock, state);
	if (!address)
		ks_message_bad(message, "reference to an unknown object");
	return address;
}

bool ks_object_acceptable(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type)
{
	if (!ref)
		return !message->error;
	if (message->error || !ks_ref_check(end, message, ref, type))
		return false;
	if (ks_ref_is_drivers(ref) == end->is_driver && !ks_ref_known(end, ref)) {
		ks_message_bad(message, "reference to an unknown object");
		return false;
	}
	return true;
}

/* Puts a new shadow into its place, which must be prepared and empty. */
static void ks_shadow_link(struct ks_end *end, struct ks_object *object, ks_ref ref)
{
	struct ks_objects *objects = &end->objects;

	object->ref = ref;
	ks_table_slot(&objects->shadows, ks_ref_slot(ref))->object = object;
	objects->shadows.count++;
	ks_hash_add(objects, object);
}

/*
 * Links `made`, or finds the shadow that another CPU has linked meanwhile and
 * gives `made` up. The other end only reuses a slot whose old object it ended,
 * so a shadow with another reference is as good as dropped.
 */
static struct ks_object *ks_shadow_add(struct ks_end *end, ks_ref ref, struct ks_object *made)
{
	struct ks_objects *objects = &end->objects;
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_slot *slot = ks_table_slot(&objects->shadows, ks_ref_slot(ref));
	struct ks_object *object = slot->object;

	if (object && object->ref != ref && !object->fixed) {
		ks_object_displace(end, object);
		object = NULL;
	}
	if (!object && objects->bytes + made->bytes <= KS_BYTES_MAX) {
		ks_drop_cancel(end, ref);
		ks_shadow_link(end, made, ref);
		objects->bytes += made->bytes;
		object = made;
	}
	ks_lock_release(&end->lock, state);
	if (object != made)
		ks_os_free(made);
	return object && object->ref == ref ? object : NULL;
}

static struct ks_object *ks_shadow_make(struct ks_end *end, ks_ref ref, ks_u16 type, size_t size)
{
	struct ks_object *made = ks_object_alloc(end, type, size, false);

	if (made && ks_hash_grow(end) &&
	    (ks_load(&end->objects.shadows.chunks[ks_ref_slot(ref) / KS_SLOTS_PER_CHUNK]) ||
	     ks_table_prepare(end, &end->objects.shadows, ks_ref_slot(ref))))
		return ks_shadow_add(end, ref, made);
	ks_os_free(made);
	return NULL;
}

void *ks_object_shadow(struct ks_end *end, struct ks_message *message, ks_ref ref, ks_u16 type,
		       size_t size)
{
	struct ks_object *object;
	unsigned long state;

	if (!ref || message->error || !ks_object_acceptable(end, message, ref, type))
		return NULL;
	if (!size)
		size = end->interface->types[type].size;
	if (size < end->interface->types[type].size || size > KS_OBJECT_SIZE_MAX) {
		ks_message_bad(message, "object of an impossible size");
		return NULL;
	}
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, ref);
	ks_lock_release(&end->lock, state);
	if (!object && ks_ref_is_drivers(ref) == end->is_driver)
		ks_message_bad(message, "reference to an unknown object");
	else if (!object)
		object = ks_shadow_make(end, ref, type, size);
	if (!object) {
		ks_message_fail(message, -ENOMEM);
		return NULL;
	}
	/* An own object is as large as its owner made it; the other end cannot ask for more. */
	if (!object->own && !object->fixed && object->size < size) {
		ks_message_bad(message, "object larger than its shadow");
		return NULL;
	}
	return object->address;
}

void *ks_object_twin(struct ks_end *end, const void *address, ks_u16 type)
{
	struct ks_object *object;
	unsigned long state;
	void *twin = NULL;

	state = ks_lock_acquire(&end->lock);
	object = ks_hash_find(&end->objects, address, type);
	if (object)
		twin = object->twin;
	ks_lock_release(&end->lock, state);
	return twin;
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
	object->address = global->address;
	if (end->is_driver) {
		ks_shadow_link(end, object, ref);
	} else {
		object->ref = ref;
		ks_slot_take(objects, n, object);
		ks_hash_add(objects, object);
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
	ks_u32 i;

	for (i = 0; i < objects->bucket_count; i++)
		while (objects->buckets[i]) {
			struct ks_object *object = objects->buckets[i];

			objects->buckets[i] = object->hash_next;
			ks_object_free(object);
		}
	ks_objects_free_list(objects->drops.first);
	ks_objects_free_list(objects->condemned[0]);
	ks_objects_free_list(objects->condemned[1]);
	ks_objects_free_list(objects->retired);
	ks_table_free(&objects->own);
	ks_table_free(&objects->shadows);
	ks_os_free(objects->buckets);
	memset(objects, 0, sizeof(*objects));
}
