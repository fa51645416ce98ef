// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Atomic steps of the driver's code on what belongs to the kernel. ks-link has put them in a loop: the step is made
 * on a copy of what the driver's end has there, and the kernel's end exchanges what it made of that for what was
 * there before, if it still is there. If not, the driver's end learns what is, and the step is made again. So any
 * instruction can be such a step, whatever it does and answers: nobody has to know more of it than where its
 * memory is. What the interface says is the owner's field may be changed so, and nothing else.
 */
#include "ks-rt/end/end.h"

struct ks_step_request {
	ks_u64 before, after;
	struct ks_place place; /* of the struct */
	ks_u32 owner;	       /* row of the interface's table */
	ks_u32 offset;	       /* in the field */
	ks_u32 size;
};

struct ks_step_reply {
	ks_u64 found;
};

static ks_u64 ks_step_load(const void *at, size_t size)
{
	switch (size) {
	case 1:
		return ks_load((const ks_u8 *)at);
	case 2:
		return ks_load((const ks_u16 *)at);
	case 4:
		return ks_load((const ks_u32 *)at);
	default:
		return ks_load((const ks_u64 *)at);
	}
}

static void ks_step_store(void *at, size_t size, ks_u64 value)
{
	switch (size) {
	case 1:
		ks_store((ks_u8 *)at, (ks_u8)value);
		break;
	case 2:
		ks_store((ks_u16 *)at, (ks_u16)value);
		break;
	case 4:
		ks_store((ks_u32 *)at, (ks_u32)value);
		break;
	default:
		ks_store((ks_u64 *)at, value);
	}
}

/* What was there; it has been changed if that is `before`. */
#define KS_EXCHANGE(type)                                                               \
	do {                                                                            \
		type ks_before = (type)before;                                          \
                                                                                        \
		__atomic_compare_exchange_n((type *)at, &ks_before, (type)after, false, \
					    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);        \
		return ks_before;                                                       \
	} while (0)
static ks_u64 ks_step_exchange(void *at, size_t size, ks_u64 before, ks_u64 after)
{
	switch (size) {
	case 1:
		KS_EXCHANGE(ks_u8);
	case 2:
		KS_EXCHANGE(ks_u16);
	case 4:
		KS_EXCHANGE(ks_u32);
	default:
		KS_EXCHANGE(ks_u64);
	}
}

static bool ks_step_fits(const struct ks_owner *owner, size_t offset, size_t size)
{
	return (size == 1 || size == 2 || size == 4 || size == 8) && size <= owner->size &&
	       offset <= owner->size - size;
}

/* ---- the driver's end ---- */

/* Whether the bytes at the offset are in such a field of the kernel's object. Under the lock. */
static bool ks_step_in_object(struct ks_end *end, const struct ks_object *object, size_t offset,
			      struct ks_step *step)
{
	const struct ks_interface *interface = end->interface;
	size_t inside;
	ks_u32 i;

	for (i = 0; i < interface->owner_count; i++) {
		const struct ks_owner *owner = &interface->owners[i];

		for (inside = 0;
		     ks_step_fits(owner, inside, step->size) && owner->offset + inside <= offset;
		     inside += step->size) {
			const size_t whole = offset - owner->offset - inside;

			if (ks_object_fit(end, object, owner->type, whole) != KS_FIT)
				continue;
			step->place = (struct ks_place){ object->ref, (ks_u32)whole,
							 (ks_u32)object->size };
			step->owner = i;
			step->offset = (ks_u32)inside;
			return true;
		}
	}
	return false;
}

void *ks_step_begin(struct ks_end *end, void *at, size_t size, struct ks_step *step)
{
	struct ks_span *span = NULL;
	unsigned long state;
	bool found = false;

	if (!end || size > sizeof(step->value) || (size_t)at % size)
		return at;
	step->size = (ks_u32)size;
	state = ks_lock_acquire(&end->lock);
	while (!found && (span = ks_span_holding(end->objects.spans, at, span))) {
		const struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		found = !object->own && !ks_object_is_lent(object) &&
			ks_step_in_object(end, object, (size_t)at - span->start, step);
	}
	ks_lock_release(&end->lock, state);
	if (!found)
		return at;
	step->value = 0;
	step->before = ks_step_load(at, size);
	ks_step_store(&step->value, size, step->before);
	return &step->value;
}

/* What the kernel has there is what both ends know to be there. */
static void ks_step_learn(struct ks_end *end, struct ks_message *message, void *at,
			  const struct ks_step *step, ks_u64 value)
{
	const struct ks_owner *owner = &end->interface->owners[step->owner];
	char *whole = (char *)at - step->offset - owner->offset;
	char *twin;

	ks_apply(end, message);
	ks_step_store(at, step->size, value);
	twin = ks_ref_known(end, step->place.ref) ?
		       (char *)ks_object_twin(end, whole, owner->type) :
		       NULL;
	if (twin)
		ks_step_store(twin + owner->offset + step->offset, step->size, value);
	ks_applied(end, message);
}

bool ks_step_end(struct ks_end *end, void *at, struct ks_step *step)
{
	const ks_u64 after = ks_step_load(&step->value, step->size);
	struct ks_message *message = ks_message_get(end);
	struct ks_step_request *request =
		message ? (struct ks_step_request *)ks_message_reserve(message, sizeof(*request)) :
			  NULL;
	const struct ks_step_reply *reply = NULL;
	ks_u64 found = step->before;

	if (request)
		*request = (struct ks_step_request){ step->before, after,	 step->place,
						     step->owner,  step->offset, step->size };
	if (request && !ks_call(end, KS_CROSSING_STEP, message))
		reply = (const struct ks_step_reply *)ks_message_take(message, sizeof(*reply));
	if (reply) {
		found = reply->found;
		ks_step_learn(end, message, at, step, found == step->before ? after : found);
	} else { /* the domain is stopped, or has no room for a call, which is said */
		ks_step_store(at, step->size, after);
	}
	if (message)
		ks_message_put(end, message);
	return found == step->before;
}

/* ---- the kernel's end ---- */

/* Where it is to be made; NULL if the message is bad, or the object has ended on the way. */
static void *ks_step_place(struct ks_end *end, struct ks_message *message,
			   const struct ks_step_request *request)
{
	const struct ks_owner *owner;
	char *at;

	if (request->owner >= end->interface->owner_count) {
		ks_message_bad(message, "a step on no field");
		return NULL;
	}
	owner = &end->interface->owners[ks_index(request->owner, end->interface->owner_count)];
	if (!ks_step_fits(owner, request->offset, request->size)) {
		ks_message_bad(message, "a step outside of its field");
		return NULL;
	}
	if (ks_ref_ended(end, request->place.ref))
		return NULL;
	at = (char *)ks_object_find(end, message, request->place, owner->type);
	if (at && ((size_t)at + owner->offset + request->offset) % request->size) {
		ks_message_bad(message, "a step that is not aligned");
		return NULL;
	}
	return at ? at + owner->offset + request->offset : NULL;
}

int ks_step_answer(struct ks_end *end, struct ks_message *message)
{
	const struct ks_step_request *in =
		(const struct ks_step_request *)ks_message_take(message, sizeof(*in));
	struct ks_step_request request;
	struct ks_step_reply *reply;
	unsigned long looked;
	ks_u64 found;
	void *at;

	if (!in)
		return message->error;
	request = *in;
	found = request.before;
	looked = ks_look();
	at = ks_step_place(end, message, &request);
	if (at)
		found = ks_step_exchange(at, request.size, request.before, request.after);
	ks_looked(looked);
	ks_message_reset(message);
	reply = (struct ks_step_reply *)ks_message_reserve(message, sizeof(*reply));
	if (reply)
		reply->found = found;
	return message->error;
}
