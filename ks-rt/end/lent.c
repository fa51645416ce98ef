// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Plain memory of the kernel's that the driver keeps pointers into: the mirror of what the kernel keeps of the
 * driver's. The object is the block that the kernel's allocator has given out, or a variable, so that all
 * pointers into it lead into one copy; where nothing is known of a block, as many bytes as are meant. Each pointer
 * that crosses is a face, as long as its bytes may be looked at.
 *
 * What else lies in the block is the kernel's. Only what has been shown crosses to the driver and can be pointed to
 * by it, and only what was given for writing is written to: the limits are the kernel's end's own, and grow with
 * what it sends and never with what it is sent. No struct is ever found in a lent block: the driver's bytes are no
 * pointers of the kernel's.
 *
 * A block ends when the kernel frees it. Where that is not heard it is asked for again each time before its bytes
 * are touched; what may be another's by now is dropped.
 */
#include "ks-rt/end/end.h"

#define KS_LENT_MAX (64u << 10) /* of larger blocks only what is meant is an object */

enum ks_fit ks_lent_fit(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			size_t offset)
{
	const struct ks_face *face;

	if (offset >= object->size || (type != KS_BLOCK && ks_type_size(end, type) != 1))
		return KS_FIT_NOT;
	if (object->own)
		return offset >= object->shown.from && offset <= object->shown.to ? KS_FIT :
										    KS_FIT_NOT;
	if (type == KS_BLOCK)
		return KS_FIT;
	for (face = object->faces; face; face = face->next)
		if (face->offset == offset && face->type == type)
			return KS_FIT;
	return KS_FIT_FACE;
}

/* Up to and with the NUL, or as many as there are. */
static size_t ks_text_length(const char *text, size_t most)
{
	size_t length = 0;

	while (length < most && text[length])
		length++;
	return length < most ? length + 1 : most;
}

size_t ks_lent_room(const struct ks_object *object, ks_u32 offset)
{
	return object->shown.to > offset ? object->shown.to - offset : 0;
}

static void ks_range_add(struct ks_range *range, ks_u32 from, ks_u32 to)
{
	if (range->from == range->to) {
		*range = (struct ks_range){ from, to };
		return;
	}
	if (from < range->from)
		range->from = from;
	if (to > range->to)
		range->to = to;
}

/* What is asked for: bytes from an address on, in a block of the kernel's. */
struct ks_wish {
	const char *address;
	const char *block;
	size_t size; /* of the block */
	size_t bytes;
	const char *limit;  /* of what is moved; or NULL */
	const void *holder; /* for as long as which it is lent; or NULL */
	ks_u16 holder_type;
	ks_u16 type;
	bool writes;
	bool is_text;
	bool once;
	bool stays;
};

static struct ks_face *ks_lent_face(struct ks_object *object, ks_u32 offset, ks_u16 type)
{
	struct ks_face *face = object->faces;

	while (face && (face->offset != offset || face->type != type))
		face = face->next;
	return face;
}

/* The object, if it is there and is what it was; another one that begins there was freed unheard. Under the lock. */
static struct ks_object *ks_lent_at(struct ks_end *end, const struct ks_wish *wish)
{
	struct ks_object *object = ks_hash_find(&end->objects, wish->block, KS_BLOCK);

	if (!object || !object->own || object->fixed)
		return NULL;
	if (object->size == wish->size || (wish->once && object->size > wish->size))
		return object;
	ks_object_queue_drop(end, object);
	return NULL;
}

static void ks_lent_leave(struct ks_object *object)
{
	struct ks_object **link = object->holder ? &object->holder->lent : NULL;

	while (link && *link != object)
		link = &(*link)->next_lent;
	if (link)
		*link = object->next_lent;
	object->holder = NULL;
}

void ks_lent_unlink(struct ks_end *end, struct ks_object *object)
{
	ks_lent_leave(object);
	while (object->lent) {
		struct ks_object *lent = object->lent;

		ks_lent_leave(lent);
		ks_object_queue_drop(end, lent);
	}
}

/* What is lent for one holder ends with that; what is lent for more reasons, when the kernel frees it. */
static void ks_lent_hold(struct ks_end *end, const struct ks_wish *wish, struct ks_object *object,
			 bool is_new)
{
	ks_u32 offset;
	struct ks_object *holder =
		wish->holder ?
			ks_object_around(end, wish->holder, wish->holder_type, false, &offset) :
			NULL;

	if (holder == object->holder)
		return;
	ks_lent_leave(object);
	if (!is_new || !holder || holder == object)
		return;
	object->holder = holder;
	object->next_lent = holder->lent;
	holder->lent = object;
}

/* What of it the driver may point to, and write to, from now on. */
static void ks_lent_limit(const struct ks_wish *wish, struct ks_object *object, ks_u32 offset)
{
	const ks_u32 from = wish->limit ? 0 : offset;
	const ks_u32 to = wish->limit ? (ks_u32)(wish->limit - wish->block) :
					offset + (ks_u32)wish->bytes;

	ks_range_add(&object->shown, from, to);
	if (wish->writes)
		ks_range_add(&object->given, from, to);
}

/* Finds the place, with a face that *face is spent for if there is none. Under the lock. */
static bool ks_lent_get(struct ks_end *end, const struct ks_wish *wish, struct ks_face **face,
			struct ks_place *place)
{
	const ks_u32 offset = (ks_u32)(wish->address - wish->block);
	struct ks_object *object = ks_lent_at(end, wish);
	struct ks_face *known;

	if (!object)
		return false;
	known = ks_lent_face(object, offset, wish->type);
	if (!known && (!*face || !ks_face_add(end, object, offset, wish->type, wish->bytes, face)))
		return false;
	known = ks_lent_face(object, offset, wish->type);
	if (known->extent < wish->bytes)
		known->extent = wish->bytes;
	known->is_text = wish->is_text;
	known->was_sent = false; /* who sends it again says that it is there */
	object->once = wish->once;
	object->stays = wish->stays;
	ks_lent_hold(end, wish, object, !object->shown.to);
	ks_lent_limit(wish, object, offset);
	*place = (struct ks_place){ object->ref, offset, (ks_u32)object->size };
	return true;
}

/* Looks for the block. */
static struct ks_wish ks_lent_wish(struct ks_end *end, const void *address, ks_u16 type,
				   size_t bytes)
{
	struct ks_wish wish = { .address = address, .bytes = bytes, .type = type };
	size_t offset;

	/* What the runtime has there itself goes with a message, or with another object. */
	if (!ks_pool_holds(end, address) && !ks_attached_bytes(end, address))
		wish.block = ks_os_kernel_block(address, &wish.size);
	wish.once = !wish.block;
	if (!wish.block) {
		wish.block = address;
		/* The next time another text may be there. */
		wish.size = ks_align(bytes ? bytes : 1, KS_ROOM_ALIGN);
	} else {
		offset = (size_t)(wish.address - wish.block);
		if (wish.bytes > wish.size - offset)
			wish.bytes = wish.size - offset;
		if (wish.size > KS_LENT_MAX) {
			wish.block = address;
			wish.size = wish.bytes ? wish.bytes : 1;
		}
	}
	wish.stays = ks_os_is_static(address);
	return wish;
}

static struct ks_place ks_lent_place(struct ks_end *end, struct ks_message *message,
				     const struct ks_wish *wish)
{
	struct ks_place place = { 0 };
	struct ks_face *face = NULL;
	bool got = false;
	ks_u32 tries;

	/* More than one, since others may end what has just been made. */
	for (tries = 0; tries < 16 && !got; tries++) {
		unsigned long state = ks_lock_acquire(&end->lock);

		got = ks_lent_get(end, wish, &face, &place);
		ks_lock_release(&end->lock, state);
		if (got)
			break;
		if (!face)
			face = ks_os_alloc(sizeof(*face));
		if (!face || !ks_object_own(end, wish->block, KS_BLOCK, wish->size, 0))
			break;
	}
	ks_os_free(face);
	if (!got)
		ks_message_fail(message, -ENOMEM);
	return place;
}

/* What is no memory of the kernel's to lend: no object, or one of the driver's. */
static bool ks_lent_not(struct ks_end *end, const void *address, ks_u16 type,
			struct ks_place *place)
{
	*place = ks_may_be_followed(address) ? ks_place_of_drivers(end, address, type, 0) :
					       ks_place_of_number(address);
	return place->ref || !ks_may_be_followed(address);
}

/* The place of what lies in a struct that both ends know; or no place. */
static struct ks_place ks_place_in_struct(struct ks_end *end, const char *address)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_place place = { 0 };
	struct ks_span *span = NULL;

	while (!place.ref && (span = ks_span_holding(end->objects.spans, address, span))) {
		const struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		if (object->type != KS_BLOCK)
			place = (struct ks_place){ object->ref,
						   (ks_u32)((size_t)address - span->start),
						   (ks_u32)object->size };
	}
	ks_lock_release(&end->lock, state);
	return place;
}

/* As many of the bytes as are before the next struct that both ends know. */
static size_t ks_bytes_before(struct ks_end *end, const char *address, size_t bytes)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	struct ks_span *span = ks_span_first(end->objects.spans, address + 1);

	while (span && KS_OUTER(span, struct ks_object, span)->type == KS_BLOCK)
		span = ks_span_first(end->objects.spans, (char *)span->start + 1);
	if (span && span->start - (size_t)address < bytes)
		bytes = span->start - (size_t)address;
	ks_lock_release(&end->lock, state);
	return bytes;
}

/*
 * All that is known to lie there. The block may hold more than the bytes that are meant, and pointers among them:
 * nothing at run time tells. A struct that both ends know is seen, and what lies in one is not for writing unless
 * somebody says how much is; nor what of it begins behind the address.
 */
static size_t ks_lent_all(struct ks_end *end, const char *address, bool *writes)
{
	const size_t known = ks_object_bytes(end, address, true);

	if (ks_place_in_struct(end, address).ref)
		*writes = false;
	return ks_bytes_before(end, address, known ? known : 1);
}

struct ks_place ks_object_place_lent(struct ks_end *end, struct ks_message *message,
				     const void *address, ks_u16 type, size_t bytes, bool writes)
{
	struct ks_place place;
	struct ks_wish wish;

	if (ks_lent_not(end, address, type, &place))
		return place;
	if (bytes == KS_LENT_ALL)
		bytes = ks_lent_all(end, address, &writes);
	if (bytes > KS_OBJECT_SIZE_MAX) {
		ks_message_fail(message, -EMSGSIZE);
		return place;
	}
	wish = ks_lent_wish(end, address, type, bytes);
	wish.writes = writes;
	return ks_lent_place(end, message, &wish);
}

struct ks_place ks_object_place_member(struct ks_end *end, struct ks_message *message,
				       const void *address, ks_u16 type, size_t bytes, bool writes)
{
	const struct ks_place place = ks_place_in_struct(end, address);

	if (place.ref)
		return place;
	return ks_object_place_lent(end, message, address, type, bytes, writes);
}

struct ks_place ks_object_place_inner(struct ks_end *end, struct ks_message *message,
				      const void *address, ks_u16 type, size_t bytes)
{
	struct ks_place place;
	struct ks_wish wish;

	if (ks_lent_not(end, address, type, &place))
		return place;
	if (bytes > KS_OBJECT_SIZE_MAX) {
		ks_message_fail(message, -EMSGSIZE);
		return place;
	}
	wish = ks_lent_wish(end, address, type, ks_bytes_before(end, address, bytes));
	wish.writes = !wish.once && !wish.stays;
	return ks_lent_place(end, message, &wish);
}

struct ks_place ks_object_place_moved(struct ks_end *end, struct ks_message *message,
				      const void *holder, ks_u16 holder_type, const void *address,
				      ks_u16 type, size_t bytes, const void *limit)
{
	struct ks_place none = { 0 };
	struct ks_place place = ks_place_of_drivers(end, address, type, bytes);
	struct ks_wish wish;

	if (place.ref || !ks_may_be_followed(address) || ks_object_is_drivers(end, address))
		return place;
	wish = ks_lent_wish(end, address, type, bytes);
	if (wish.once || !wish.block || wish.block + wish.size <= wish.address ||
	    wish.size > KS_LENT_MAX || ks_place_in_struct(end, address).ref)
		return none;
	wish.limit = limit ? limit : wish.block + wish.size;
	/* A limit that is not in the block is none of this pointer's. */
	if (wish.limit > wish.block + wish.size || wish.limit < wish.address + bytes)
		return none;
	wish.writes = true;
	wish.holder = holder;
	wish.holder_type = holder_type;
	return ks_lent_place(end, message, &wish);
}

struct ks_place ks_object_place_text(struct ks_end *end, struct ks_message *message,
				     const void *address, ks_u16 type)
{
	struct ks_place place;
	struct ks_wish wish;
	size_t most;

	if (ks_lent_not(end, address, type, &place))
		return place;
	most = ks_known_extent(end, address);
	wish = ks_lent_wish(end, address, type,
			    ks_text_length(address, most ? most : KS_EXTENT_MAX));
	wish.is_text = true;
	return ks_lent_place(end, message, &wish);
}

/* ---- its bytes ---- */

/* A text may have become longer. Under the lock. */
static void ks_text_grow(struct ks_object *object, struct ks_face *face)
{
	size_t most = object->size - face->offset;

	most = ks_text_length((const char *)object->address + face->offset,
			      most < KS_EXTENT_MAX ? most : KS_EXTENT_MAX);
	if (most <= face->extent)
		return;
	face->extent = most;
	ks_range_add(&object->shown, face->offset, face->offset + (ks_u32)most);
}

static struct ks_object *ks_lent_around(struct ks_end *end, const void *address, ks_u32 *offset)
{
	struct ks_object *object = ks_object_around(end, address, KS_BLOCK, false, offset);

	return object && object->own && ks_object_is_lent(object) ? object : NULL;
}

/* Whether the object is lent memory of which it is not heard when it is freed, and where that is. */
static bool ks_lent_is_unsure(struct ks_end *end, const void *address, ks_ref *ref,
			      const void **block, size_t *size)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *object = ks_lent_around(end, address, &offset);
	bool unsure = object && !object->once && !object->stays;

	if (unsure) {
		*ref = object->ref;
		*block = object->address;
		*size = object->size;
	}
	ks_lock_release(&end->lock, state);
	return unsure && !ks_os_sees_frees(*block);
}

bool ks_lent_is_there(struct ks_end *end, const void *address)
{
	const void *block;
	struct ks_object *object;
	unsigned long state;
	size_t size, found;
	ks_ref ref;

	if (end->is_driver || !ks_lent_is_unsure(end, address, &ref, &block, &size))
		return true;
	/* What was more than is an object may be less by now. */
	if (ks_os_kernel_block(block, &found) && found >= size)
		return true;
	state = ks_lock_acquire(&end->lock);
	object = ks_object_of_ref(end, ref);
	if (object)
		ks_object_queue_drop(end, object);
	ks_lock_release(&end->lock, state);
	return false;
}

size_t ks_lent_sends(struct ks_end *end, const void *address, ks_u16 type, size_t room)
{
	struct ks_object *object;
	struct ks_face *face;
	unsigned long state;
	ks_u32 offset;

	if (end->is_driver)
		return room;
	if (!ks_lent_is_there(end, address))
		return 0;
	state = ks_lock_acquire(&end->lock);
	object = ks_lent_around(end, address, &offset);
	face = object ? ks_lent_face(object, offset, type) : NULL;
	if (face && face->is_text && !object->once)
		ks_text_grow(object, face);
	if (face)
		room = face->extent;
	if (face && object->once && face->was_sent)
		room = 0;
	if (face)
		face->was_sent = true;
	ks_lock_release(&end->lock, state);
	return room;
}

bool ks_lent_may_write(struct ks_end *end, const void *address, size_t size)
{
	unsigned long state;
	struct ks_object *object;
	ks_u32 offset;
	bool may;

	if (end->is_driver)
		return true;
	state = ks_lock_acquire(&end->lock);
	object = ks_lent_around(end, address, &offset);
	may = !object || (offset >= object->given.from && offset <= object->given.to &&
			  size <= object->given.to - offset);
	ks_lock_release(&end->lock, state);
	return may;
}

bool ks_lent_is_text(struct ks_end *end, const void *address)
{
	unsigned long state;
	struct ks_object *object;
	ks_u32 offset;
	size_t room = 0;
	bool is_text = true;

	if (end->is_driver || !ks_lent_is_there(end, address))
		return end->is_driver;
	state = ks_lock_acquire(&end->lock);
	object = ks_lent_around(end, address, &offset);
	if (object) {
		room = ks_lent_room(object, offset);
		is_text = object->given.to <= offset && room &&
			  !((const char *)address)[ks_text_length(address, room) - 1];
	}
	ks_lock_release(&end->lock, state);
	return is_text;
}

bool ks_lent_has(struct ks_end *end, const void *address, size_t size)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	ks_u32 offset;
	struct ks_object *object = ks_object_around(end, address, KS_BLOCK, false, &offset);
	bool has = object && !object->own && ks_object_is_lent(object) &&
		   size <= object->size - offset;

	ks_lock_release(&end->lock, state);
	return has;
}
