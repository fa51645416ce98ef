// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The end of objects. Dropping unlinks an object at once: no reference and no address finds it any
 * more. It is then queued until the other end has heard, and condemned until nobody who might have
 * found it before is active: two epochs of active message buffers, the older of which must run dry
 * before anything of that age is freed.
 */
#include "ks-rt/end/end.h"

void ks_object_free(struct ks_object *object)
{
	struct ks_attachment *attachment = object->attachments;

	while (attachment) {
		struct ks_attachment *next = attachment->next;

		ks_os_free(attachment);
		attachment = next;
	}
	while (object->faces) {
		struct ks_face *face = object->faces;

		object->faces = face->next;
		ks_os_free(face);
	}
	if (object->percpu_body)
		ks_percpu_body_leave(object->percpu_body);
	ks_percpu_holds_end(object, false);
	ks_os_free(object->body);
	ks_os_free(object->more_twin);
	ks_os_free(object);
}

/* What the driver has behind a shadow's struct, or in what it was lent, in memory that goes with that. */
static void ks_room_end(struct ks_end *end, const struct ks_object *object)
{
	const size_t room = object->room > object->size ? object->room : object->size;
	const char *start = object->address;
	struct ks_span *span;

	while ((span = ks_span_first(end->objects.spans,
				     start + ks_type_size(end, object->type))) != NULL &&
	       span->start - (size_t)start < room)
		ks_object_queue_drop(end, KS_OUTER(span, struct ks_object, span));
}

static void ks_stack_unlink(struct ks_end *end, const struct ks_object *object)
{
	struct ks_object **link = &end->objects.on_stack;

	while (*link != object)
		link = &(*link)->next_on_stack;
	ks_store(link, object->next_on_stack);
	if (end->is_driver)
		__atomic_fetch_sub(&ks_stack_objects, 1, __ATOMIC_RELAXED);
}

/* Takes an object out of hash and table. Under the lock, as all here but delivery. */
void ks_object_unlink(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;
	struct ks_table *table = object->own ? &objects->own : &objects->shadows;

	ks_hash_remove(end, object);
	ks_attachments_unlink(end, object);
	if (object->on_stack)
		ks_stack_unlink(end, object);
	ks_table_slot(table, ks_ref_slot(object->ref))->object = NULL;
	table->count--;
	if (end->is_driver && !object->own)
		ks_span_add(&objects->gone, &object->span, object->address, object->size);
	if (end->is_driver && !object->own)
		ks_room_end(end, object);
	if (object->holder || object->lent)
		ks_lent_unlink(end, object);
}

/* Whether the kernel may go on to look at its shadow, or at what its own object was given. */
static bool ks_object_may_be_held(const struct ks_end *end, const struct ks_object *object)
{
	const struct ks_percpu_body *body = object->percpu_body;

	if (end->is_driver)
		return false;
	return object->own ? object->attachments || (object->percpu_holds && !object->done) :
			     object->body || (body && (!body->held || body->loose));
}

/* No longer found, but the kernel may hold pointers into it, or free it. */
static void ks_object_retire(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;

	ks_span_add(&objects->retired, &object->span, object->address, object->size);
	ks_pages_add(end, object->address);
	objects->retired_count++;
	object->retired = true;
}

void ks_object_queue_drop(struct ks_end *end, struct ks_object *object)
{
	struct ks_list *drops = &end->objects.drops;

	ks_object_unlink(end, object);
	ks_object_let_go(end, object);
	if (ks_object_may_be_held(end, object))
		ks_object_retire(end, object);
	object->next = NULL;
	object->queued = true;
	if (drops->last)
		drops->last->next = object;
	else
		ks_store(&drops->first, object);
	drops->last = object;
	end->objects.drop_count++;
}

bool ks_shadow_is_gone(const struct ks_end *end, const void *address)
{
	return ks_span_holding(end->objects.gone, address, NULL) != NULL;
}

void ks_retired_remove(struct ks_end *end, struct ks_object *object)
{
	ks_span_remove(&end->objects.retired, &object->span);
	ks_pages_remove(end, object->address);
	end->objects.retired_count--;
	object->retired = false;
}

void ks_retired_end(struct ks_end *end, struct ks_object *object)
{
	ks_retired_remove(end, object);
	if (!object->queued)
		ks_object_condemn(end, object);
}

void ks_object_condemn(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;

	object->next = objects->condemned[objects->epoch];
	objects->condemned[objects->epoch] = object;
}

void ks_object_lose_body(struct ks_object *object)
{
	object->body = NULL;
	if (object->percpu_body)
		ks_store(&object->percpu_body->start, NULL);
}

size_t ks_object_leave_body(struct ks_object *object)
{
	struct ks_percpu_body *body = object->percpu_body;
	size_t bytes = object->body ? ks_align(object->size ? object->size : 1, 16) :
		       body	    ? object->size :
				      0;

	if (object->body)
		ks_os_leave(object->body);
	if (body && ks_load(&body->start))
		ks_os_leave(body->start);
	ks_object_lose_body(object);
	return bytes;
}

/*
 * The other end has heard that the object is dropped. What the kernel's function has given back the
 * kernel has freed, or somebody there still holds it; where there is no telling, its bytes are lost,
 * and count for as long as the domain lives. What was attached to an own object the kernel may hold for
 * as long as that lives.
 */
static void ks_object_told(struct ks_end *end, struct ks_object *object)
{
	size_t lost;

	object->queued = false;
	if (object->retired &&
	    (object->own || (object->given_back && ks_os_sees_frees(object->address))))
		return;
	if (object->retired)
		ks_retired_remove(end, object);
	if (object->given_back) {
		lost = ks_object_leave_body(object);
		object->bytes -= lost;
		end->objects.lost += lost;
	}
	ks_object_condemn(end, object);
}

/* The other end has ended this reference: what becomes of an object unlinked for that. */
void ks_object_displace(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;

	ks_object_unlink(end, object);
	if (object->own)
		ks_slot_release(objects, ks_ref_slot(object->ref));
	if (ks_object_may_be_held(end, object))
		ks_object_retire(end, object);
	else
		ks_object_condemn(end, object);
}

/*
 * The list of objects that may be freed now. What is on condemned[e] was
 * unlinked in epoch e, seen at most by users of e and of the epoch before; the
 * epoch only moves on once those before have gone.
 */
struct ks_object *ks_objects_reap(struct ks_end *end)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object *dead = NULL;
	int round;

	for (round = 0; round < 2; round++) {
		ks_u32 other = objects->epoch ^ 1;
		struct ks_object *list = objects->condemned[other];

		if (end->messages.active[other])
			break;
		objects->condemned[other] = NULL;
		objects->epoch = other;
		while (list) {
			struct ks_object *next = list->next;

			if (end->is_driver && !list->own)
				ks_span_remove(&objects->gone, &list->span);
			objects->bytes -= list->bytes;
			list->next = dead;
			dead = list;
			list = next;
		}
	}
	return dead;
}

/*
 * The other end, which has not heard that its object was dropped here, sends it
 * again: then it is not dropped.
 */
void ks_drop_cancel(struct ks_end *end, ks_ref ref)
{
	struct ks_list *drops = &end->objects.drops;
	struct ks_object *before = NULL, *object = drops->first;

	while (object && object->ref != ref) {
		before = object;
		object = object->next;
	}
	if (!object)
		return;
	if (before)
		before->next = object->next;
	else
		ks_store(&drops->first, object->next);
	if (drops->last == object)
		drops->last = before;
	ks_object_told(end, object);
}

void ks_drop_apply(struct ks_end *end, ks_ref ref)
{
	struct ks_object *object;
	unsigned long state;

	if (ref && !ks_ref_type(ref)) {
		ks_free_apply(end, ref);
		return;
	}
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, ref);
	/* What the driver holds it holds until this end says otherwise. */
	if (object && !object->fixed && !(object->own && object->holdings))
		ks_object_displace(end, object);
	ks_lock_release(&end->lock, state);
}

/*
 * The oldest drop that the other end has not heard of, which from now on it has: the caller tells
 * it. The slot may be used again, and the object is freed when nobody uses it.
 */
bool ks_drops_take(struct ks_end *end, ks_ref *ref)
{
	struct ks_list *drops = &end->objects.drops;
	struct ks_object *object;
	unsigned long state;

	if (!ks_load(&drops->first))
		return false;
	state = ks_lock_acquire(&end->lock);
	object = drops->first;
	if (object) {
		*ref = object->freed ? ks_ref_freed(object->ref) : object->ref;
		ks_store(&drops->first, object->next);
		if (!object->next)
			drops->last = NULL;
		if (object->own)
			ks_slot_release(&end->objects, ks_ref_slot(object->ref));
		ks_object_told(end, object);
	}
	ks_lock_release(&end->lock, state);
	return object != NULL;
}

void ks_object_drop(struct ks_end *end, const void *address, ks_u16 type)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;

	object = ks_object_around(end, address, type, false, &offset);
	if (object && !object->fixed) {
		object->done = true;
		ks_object_queue_drop(end, object);
	}
	ks_lock_release(&end->lock, state);
}

bool ks_ref_ending(struct ks_end *end, ks_ref ref)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&end->lock);
	bool first;

	object = ks_object_of_ref(end, ref);
	first = object && !object->ends;
	if (first && !object->fixed) {
		object->ending = ks_os_thread();
		object->ends = true;
	}
	ks_lock_release(&end->lock, state);
	return first || !ref;
}

/* Under the lock. */
static bool ks_object_is_at_risk(struct ks_end *end, const struct ks_object *object)
{
	return !object->fixed && !ks_os_sees_frees(object->address) &&
	       !ks_object_is_referenced(end, object);
}

void ks_ref_at_risk(struct ks_end *end, ks_ref ref)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&end->lock);

	object = ks_object_of_ref(end, ref);
	if (object && ks_object_is_at_risk(end, object))
		object->ending = ks_os_thread();
	ks_lock_release(&end->lock, state);
}

void ks_ref_after_risk(struct ks_end *end, ks_ref ref, bool freed)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&end->lock);

	object = ks_object_of_ref(end, ref);
	if (object && !freed) {
		if (object->ending == ks_os_thread() && !object->ends)
			object->ending = NULL;
	} else if (object && (object->ending || ks_object_is_at_risk(end, object))) {
		/* Or another thread has dropped the last reference meanwhile, and this call is the last of the two. */
		object->given_back = true;
		ks_object_queue_drop(end, object);
	}
	ks_lock_release(&end->lock, state);
}

void ks_ref_drop(struct ks_end *end, ks_ref ref)
{
	struct ks_object *object;
	unsigned long state = ks_lock_acquire(&end->lock);

	object = ks_object_of_ref(end, ref);
	if (object && !object->fixed) {
		object->given_back = true;
		ks_object_queue_drop(end, object);
	}
	ks_lock_release(&end->lock, state);
}
