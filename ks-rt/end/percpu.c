// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Per-CPU memory. A pointer to it is a number that means something to its own end alone: a processor's
 * memory lies at that number from where the processor's area is. What stands for it is one place for each
 * processor, in their order, of objects like others: each has a reference, a twin and changes of its own. Their
 * shadows lie in per-CPU memory of the other end, too, so that code there finds them by its own offsets.
 */
#include "ks-rt/end/end.h"

#define KS_PERCPU_SIZE_MAX (32u << 10) /* of each processor */

ks_u32 ks_percpu_count(void)
{
	return ks_os_processors();
}

void *ks_percpu_start(const void *address)
{
	return (void *)((size_t)address - (size_t)ks_os_percpu_at(NULL, 0));
}

void ks_percpu_body_leave(struct ks_percpu_body *body)
{
	if (__atomic_sub_fetch(&body->users, 1, __ATOMIC_ACQ_REL))
		return;
	if (body->start)
		ks_os_percpu_free(body->start);
	ks_os_free(body);
}

size_t ks_percpu_holds_end(struct ks_object *object, bool leave)
{
	size_t left = 0;

	while (object->percpu_holds) {
		struct ks_percpu_hold *hold = object->percpu_holds;
		struct ks_percpu_body *body = hold->body;

		object->percpu_holds = hold->next;
		if (leave && body->start) {
			left += ks_os_percpu_size(body->start);
			ks_os_leave(body->start);
			body->start = NULL;
		}
		ks_percpu_body_leave(body);
		ks_os_free(hold);
	}
	return left;
}

/* Under the lock. */
static bool ks_percpu_is_held(const struct ks_object *object, const struct ks_percpu_body *body)
{
	const struct ks_percpu_hold *hold = object->percpu_holds;

	while (hold && hold->body != body)
		hold = hold->next;
	return hold != NULL;
}

/*
 * Has the holder keep the memory, with *made, of which nothing is left then; true if it takes one to do that. The
 * memory may have been dropped since it was found.
 */
static bool ks_percpu_hold(struct ks_end *end, struct ks_message *message, const void *holder,
			   void *start, struct ks_percpu_hold **made)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *object =
		holder ? ks_object_around(end, holder, KS_BLOCK, false, &offset) : NULL;
	struct ks_object *memory =
		ks_object_around(end, ks_os_percpu_at(start, 0), KS_BLOCK, false, &offset);
	struct ks_percpu_body *body = memory ? memory->percpu_body : NULL;
	const size_t bytes = memory ? ks_os_processors() * memory->size : 0;
	bool wants = false;

	if (body && (!object || object->percpu_body || end->objects.bytes + bytes > KS_BYTES_MAX)) {
		body->loose = true;
	} else if (body && !ks_percpu_is_held(object, body)) {
		wants = !*made;
		if (*made) {
			**made = (struct ks_percpu_hold){ object->percpu_holds, body };
			object->percpu_holds = *made;
			*made = NULL;
			object->bytes += bytes;
			end->objects.bytes += bytes;
			body->held = true;
			ks_count(&body->users);
		}
	}
	ks_lock_release(&end->lock, state);
	if (!memory)
		ks_message_bad(message, "per-CPU memory that has been given back");
	return wants;
}

/*
 * The object that has a pointer to it keeps it: what the driver frees, code of the kernel's that uses that object
 * may still be using. Where it is not known, lies in such memory itself, which may outlive it, or there is no room
 * for that, the memory is retired.
 */
static void ks_percpu_keep(struct ks_end *end, struct ks_message *message, const void *holder,
			   void *start)
{
	struct ks_percpu_hold *made = NULL;

	if (!ks_percpu_hold(end, message, holder, start, &made))
		return;
	made = ks_os_alloc(sizeof(*made));
	if (made)
		ks_percpu_hold(end, message, holder, start, &made);
	else
		ks_message_fail(message, -ENOMEM);
	ks_os_free(made);
}

/* Notes whose memory the object of the place is; false if it is a part of something larger. */
static bool ks_percpu_note(struct ks_end *end, struct ks_place place, ks_u32 processor)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_object *object = ks_object_of_ref(end, place.ref);
	bool whole = object && !place.offset;

	if (whole && !object->processor)
		object->processor = processor + 1;
	ks_lock_release(&end->lock, state);
	return whole;
}

bool ks_percpu_places(struct ks_end *end, struct ks_message *message, const void *start,
		      ks_u16 type, struct ks_place *places)
{
	const size_t room = ks_os_percpu_size(start), needs = ks_type_size(end, type);
	ks_u32 i;

	for (i = 0; i < ks_os_processors() && !message->error; i++) {
		places[i] = ks_object_place_memory(end, message, ks_os_percpu_at(start, i), type,
						   room > needs ? room : needs);
		if (!message->error && !ks_percpu_note(end, places[i], i))
			ks_message_fail(message, -EINVAL);
	}
	return !message->error;
}

/* Where what the places stand for starts here, if it is known to be per-CPU memory of this end's. */
static void *ks_percpu_find(struct ks_end *end, struct ks_message *message,
			    const struct ks_place *places)
{
	const void *start = NULL;
	unsigned long state;
	ks_u32 i;

	state = ks_lock_acquire(&end->lock);
	for (i = 0; i < ks_os_processors(); i++) {
		const struct ks_object *object = ks_object_of_ref(end, places[i].ref);

		if (!i && object)
			start = ks_percpu_start(object->address);
		if (!object || !object->processor || places[i].offset ||
		    object->address != ks_os_percpu_at(start, i))
			break;
	}
	ks_lock_release(&end->lock, state);
	if (i == ks_os_processors())
		return (void *)start;
	ks_message_bad(message, "objects of processors that are not one per-CPU memory");
	return NULL;
}

/* Why these are no places of objects that could be made in per-CPU memory; NULL if they are. */
static const char *ks_percpu_refused(const struct ks_place *places, ks_u16 type)
{
	ks_u32 i, k;

	for (i = 0; i < ks_os_processors(); i++) {
		const struct ks_place *place = &places[i];

		if (ks_ref_type(place->ref) != (ks_u32)type + 1 || place->offset)
			return "per-CPU memory of another type";
		if (place->extent != places->extent || place->extent > KS_PERCPU_SIZE_MAX)
			return "per-CPU memory of an impossible size";
		for (k = 0; k < i; k++)
			if ((place->ref == places[k].ref) !=
			    (ks_os_percpu_at(NULL, i) == ks_os_percpu_at(NULL, k)))
				return "an object of two processors";
	}
	return NULL;
}

/* Makes shadows for all, unless another thread is faster. */
static void ks_percpu_make(struct ks_end *end, struct ks_message *message,
			   const struct ks_place *places)
{
	const ks_u32 count = ks_os_processors();
	struct ks_object **made = ks_os_alloc(count * sizeof(struct ks_object *));
	struct ks_percpu_body *body = ks_os_alloc(sizeof(*body));
	bool ready = made && body;
	ks_u32 i;

	if (body) {
		body->users = 1;
		body->start = ks_os_percpu_alloc(places->extent);
		ready = ready && body->start;
	}
	for (i = 0; ready && i < count; i++) {
		made[i] = ks_shadow_at(end, places[i], body, i);
		ready = made[i] != NULL;
	}
	if (!ready || !ks_shadows_enter(end, places, made, count))
		ks_message_fail(message, -ENOMEM);
	for (i = 0; made && i < count; i++)
		if (made[i])
			ks_object_free(made[i]);
	ks_os_free(made);
	if (body)
		ks_percpu_body_leave(body);
}

/* These are known, or were made just now. */
static void *ks_percpu_take(struct ks_end *end, struct ks_message *message, const void *holder,
			    const struct ks_place *places, bool apply)
{
	void *start = ks_percpu_find(end, message, places);

	if (start && apply && !end->is_driver)
		ks_percpu_keep(end, message, holder, start);
	return message->error ? NULL : start;
}

void *ks_percpu_shadow(struct ks_end *end, struct ks_message *message, const void *holder,
		       const struct ks_place *places, ks_u16 type, bool apply)
{
	const char *why;
	ks_u32 known = 0, i;

	for (i = 0; i < ks_os_processors(); i++) {
		if (!ks_object_acceptable(end, message, places[i], type))
			return NULL;
		known += ks_ref_known(end, places[i].ref);
	}
	if (known)
		return ks_percpu_take(end, message, holder, places, apply);
	why = ks_percpu_refused(places, type);
	if (why) {
		ks_message_bad(message, why);
		return NULL;
	}
	if (apply)
		ks_percpu_make(end, message, places);
	return apply && !message->error ? ks_percpu_take(end, message, holder, places, apply) :
					  NULL;
}

bool ks_percpu_freed(const void *start)
{
	const size_t size = ks_os_percpu_size(start);
	bool kernels = false;
	ks_u32 i;

	for (i = 0; start && i < ks_os_processors(); i++) {
		void *at = ks_os_percpu_at(start, i);

		kernels |= ks_shadow_freed(at);
		ks_block_freed(at, size ? size : 1);
	}
	return kernels;
}
