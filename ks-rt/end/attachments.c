// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What a shadow's pointer fields point to, and an own object's where the other
 * end has given them something new. One that grows is replaced, and the old one
 * kept as long as the object: somebody may still read it. A few zero bytes
 * always follow, so that a reader of a string that changes meanwhile stops.
 */
#include "ks-rt/end/end.h"

#define KS_ATTACHMENT_PAD 8

/* The newest of this field of a part; newer ones come first. */
static struct ks_attachment *ks_attachment_find(struct ks_object *object, ks_u32 offset,
						ks_u16 type, ks_u32 field)
{
	struct ks_attachment *attachment = object->attachments;

	while (attachment && (attachment->field != field || attachment->offset != offset ||
			      attachment->type != type))
		attachment = attachment->next;
	return attachment;
}

/* From now on so many bytes of it are meant. Under the lock. */
static void ks_attachment_resize(struct ks_end *end, struct ks_attachment *attachment, size_t size)
{
	struct ks_span *span = &attachment->span;

	if (span->end - span->start == size)
		return;
	ks_span_remove(&end->objects.attached, span);
	ks_span_add(&end->objects.attached, span, attachment->data, size);
}

void ks_attachments_unlink(struct ks_end *end, struct ks_object *object)
{
	struct ks_attachment *attachment;

	for (attachment = object->attachments; attachment; attachment = attachment->next)
		ks_span_remove(&end->objects.attached, &attachment->span);
}

size_t ks_attached_bytes(struct ks_end *end, const void *address)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_span *span = ks_span_holding(end->objects.attached, address, NULL);
	size_t bytes = span ? span->end - (size_t)address : 0;

	ks_lock_release(&end->lock, state);
	return bytes;
}

bool ks_object_attached(struct ks_end *end, const void *object, ks_u16 type, ks_u32 field,
			const void *address, size_t *moved)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *around = ks_object_around(end, object, type, false, &offset);
	struct ks_attachment *attachment =
		around ? ks_attachment_find(around, offset, type, field) : NULL;
	struct ks_span *span = attachment ? &attachment->span : NULL;
	bool found = span && (size_t)address - span->start <= span->end - span->start;

	*moved = found ? (size_t)address - span->start : 0;
	ks_lock_release(&end->lock, state);
	return found;
}

/* Doubling bounds what the outgrown ones take to as much as the newest. */
static size_t ks_attachment_capacity(struct ks_end *end, const void *address, ks_u16 type,
				     ks_u32 field, size_t size, void **found)
{
	struct ks_attachment *attachment = NULL;
	struct ks_object *object;
	size_t capacity = 0;
	unsigned long state;
	ks_u32 offset;

	state = ks_lock_acquire(&end->lock);
	object = ks_object_around(end, address, type, false, &offset);
	if (object) {
		attachment = ks_attachment_find(object, offset, type, field);
		capacity = size;
	}
	if (attachment && attachment->capacity >= size) {
		ks_attachment_resize(end, attachment, size);
		*found = attachment->data;
	} else if (attachment && attachment->capacity * 2 > size) {
		capacity = attachment->capacity * 2;
	}
	ks_lock_release(&end->lock, state);
	return capacity;
}

/* Links `made` unless the object is gone, another CPU was faster, or the budget is used up. */
static void *ks_attachment_add(struct ks_end *end, const void *address, ks_u16 type,
			       struct ks_attachment *made, size_t size)
{
	size_t bytes = sizeof(*made) + made->capacity + KS_ATTACHMENT_PAD;
	struct ks_attachment *attachment = NULL;
	struct ks_object *object;
	unsigned long state;

	state = ks_lock_acquire(&end->lock);
	object = ks_object_around(end, address, type, false, &made->offset);
	if (object) {
		made->type = type;
		attachment = ks_attachment_find(object, made->offset, type, made->field);
		if (attachment && attachment->capacity < made->capacity)
			attachment = NULL;
		if (!attachment && end->objects.bytes + bytes <= KS_BYTES_MAX) {
			made->next = object->attachments;
			object->attachments = made;
			object->bytes += bytes;
			end->objects.bytes += bytes;
			ks_span_add(&end->objects.attached, &made->span, made->data, size);
			attachment = made;
		}
	}
	ks_lock_release(&end->lock, state);
	if (attachment != made)
		ks_os_free(made);
	return attachment ? attachment->data : NULL;
}

void *ks_object_attach(struct ks_end *end, struct ks_message *message, const void *object,
		       ks_u16 type, ks_u32 field, size_t size)
{
	struct ks_attachment *made;
	void *found = NULL;
	size_t capacity;

	if (message->error)
		return NULL;
	if (size > KS_OBJECT_SIZE_MAX) {
		ks_message_bad(message, "attachment of an impossible size");
		return NULL;
	}
	capacity = ks_attachment_capacity(end, object, type, field, size ? size : 1, &found);
	if (found)
		return found;
	/* It may have ended on another processor since it was found: what is written goes nowhere. */
	if (!capacity)
		return ks_scratch(message, size ? size : 1);
	made = ks_os_alloc(sizeof(*made) + capacity + KS_ATTACHMENT_PAD);
	if (made) {
		made->field = field;
		made->capacity = capacity;
		found = ks_attachment_add(end, object, type, made, size ? size : 1);
	}
	if (!found && !ks_attachment_capacity(end, object, type, field, 1, &found))
		return ks_scratch(message, size ? size : 1);
	if (!found)
		ks_message_fail(message, -ENOMEM);
	return found;
}

/* Under the lock. */
static char *ks_text_find(struct ks_end *end, const char *from, size_t size)
{
	struct ks_text *text = end->objects.texts;

	while (text && (text->size != size || memcmp(text->data, from, size)))
		text = text->next;
	return text ? text->data : NULL;
}

/* Under the lock; NULL if there are too many. */
static char *ks_text_add(struct ks_end *end, struct ks_text *made)
{
	struct ks_objects *objects = &end->objects;
	size_t bytes = sizeof(*made) + made->size;

	if (objects->text_count == KS_TEXTS_MAX || objects->bytes + bytes > KS_BYTES_MAX)
		return NULL;
	made->next = objects->texts;
	objects->texts = made;
	objects->text_count++;
	objects->bytes += bytes;
	return made->data;
}

char *ks_text_keep(struct ks_end *end, struct ks_message *message, const char *from, size_t size)
{
	struct ks_text *made = NULL;
	unsigned long state;
	char *found;

	if (message->error)
		return NULL;
	state = ks_lock_acquire(&end->lock);
	found = ks_text_find(end, from, size);
	ks_lock_release(&end->lock, state);
	if (found)
		return found;
	made = ks_os_alloc(sizeof(*made) + size);
	if (made) {
		made->size = size;
		memcpy(made->data, from, size);
		state = ks_lock_acquire(&end->lock);
		found = ks_text_find(end, from, size);
		if (!found) {
			found = ks_text_add(end, made);
			made = found ? NULL : made;
		}
		ks_lock_release(&end->lock, state);
		ks_os_free(made);
	}
	if (!found)
		ks_message_fail(message, -ENOMEM);
	return found;
}

/* When the end is not used any more: how many bytes are left to the kernel. */
size_t ks_texts_end(struct ks_end *end)
{
	size_t left = 0;

	while (end->objects.texts) {
		struct ks_text *text = end->objects.texts;

		end->objects.texts = text->next;
		if (end->is_driver) {
			ks_os_free(text);
		} else {
			left += text->size;
			ks_os_leave(text);
		}
	}
	return left;
}

/* Under the lock. */
static struct ks_kept *ks_kept_find(struct ks_end *end, ks_u32 what, ks_u64 at)
{
	struct ks_kept *kept = end->objects.kept;

	while (kept && (kept->what != what || kept->at != at))
		kept = kept->next;
	return kept;
}

/* Under the lock; false if there are too many. */
static bool ks_kept_add(struct ks_end *end, struct ks_kept *made)
{
	struct ks_objects *objects = &end->objects;
	size_t bytes = sizeof(*made) + made->capacity + KS_ATTACHMENT_PAD;

	if (objects->kept_count == KS_TABLES_MAX || objects->bytes + bytes > KS_BYTES_MAX)
		return false;
	made->next = objects->kept;
	objects->kept = made;
	objects->kept_count++;
	objects->bytes += bytes;
	return true;
}

/* Somebody may be reading it: no word is written that is the same, and each at once. */
static void ks_kept_write(struct ks_kept *kept, const size_t *from, size_t size)
{
	size_t i;

	for (i = 0; i < size / sizeof(*from); i++)
		if (kept->data[i] != from[i])
			ks_store(&kept->data[i], from[i]);
}

void *ks_table_keep(struct ks_end *end, struct ks_message *message, ks_u32 what, ks_u64 at,
		    const void *from, size_t size)
{
	struct ks_kept *kept, *made = NULL;
	size_t capacity = size;
	unsigned long state;

	if (message->error || !from)
		return NULL;
	state = ks_lock_acquire(&end->lock);
	kept = ks_kept_find(end, what, at);
	if (kept && kept->capacity < size && kept->capacity * 2 > size)
		capacity = kept->capacity * 2;
	ks_lock_release(&end->lock, state);
	if (!kept || kept->capacity < size) {
		made = ks_os_alloc(sizeof(*made) + capacity + KS_ATTACHMENT_PAD);
		if (!made) {
			ks_message_fail(message, -ENOMEM);
			return NULL;
		}
		made->what = what;
		made->at = at;
		made->capacity = capacity;
		ks_kept_write(made, from, size);
		state = ks_lock_acquire(&end->lock);
		kept = ks_kept_find(end, what, at);
		if ((!kept || kept->capacity < size) && ks_kept_add(end, made)) {
			kept = made;
			made = NULL;
		}
		ks_lock_release(&end->lock, state);
		ks_os_free(made);
	}
	if (!kept || kept->capacity < size) {
		ks_message_fail(message, -ENOMEM);
		return NULL;
	}
	ks_kept_write(kept, from, size);
	return kept->data;
}

/* As ks_texts_end(). */
size_t ks_kept_end(struct ks_end *end)
{
	size_t left = 0;

	while (end->objects.kept) {
		struct ks_kept *kept = end->objects.kept;

		end->objects.kept = kept->next;
		if (end->is_driver) {
			ks_os_free(kept);
		} else {
			left += kept->capacity;
			ks_os_leave(kept);
		}
	}
	return left;
}
