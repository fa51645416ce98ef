// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The tables of an end: slots in chunks that are made when first needed and
 * never move, and the hash from (address, type), with the tree. Memory is allocated with the
 * lock released, so that the lock may be a raw one everywhere.
 */
#include "ks-rt/end/end.h"

#define KS_BUCKETS_MIN 64
/* So many slots rest before one is used again: a stale reference stays stale for long. */
#define KS_SLOTS_RESTING 64

struct ks_slot *ks_table_slot(struct ks_table *table, ks_u32 slot)
{
	struct ks_slot *chunk;

	if (slot >= KS_OBJECTS_MAX)
		return NULL;
	slot = (ks_u32)ks_index(slot, KS_OBJECTS_MAX);
	chunk = table->chunks[slot / KS_SLOTS_PER_CHUNK];
	return chunk ? &chunk[slot % KS_SLOTS_PER_CHUNK] : NULL;
}

/* Makes the chunk of `slot` if it is missing. */
bool ks_table_prepare(struct ks_end *end, struct ks_table *table, ks_u32 slot)
{
	struct ks_slot **place, *chunk;
	unsigned long state;

	if (slot >= KS_OBJECTS_MAX)
		return false;
	chunk = ks_os_alloc(KS_SLOTS_PER_CHUNK * sizeof(*chunk));
	if (!chunk)
		return false;
	place = &table->chunks[slot / KS_SLOTS_PER_CHUNK];
	state = ks_lock_acquire(&end->lock);
	if (!*place) {
		ks_store(place, chunk);
		chunk = NULL;
		slot = slot / KS_SLOTS_PER_CHUNK * KS_SLOTS_PER_CHUNK + KS_SLOTS_PER_CHUNK;
		if (slot > table->limit)
			ks_store(&table->limit, slot);
	}
	ks_lock_release(&end->lock, state);
	ks_os_free(chunk);
	return true;
}

void ks_table_free(struct ks_table *table)
{
	ks_u32 i;

	for (i = 0; i < KS_OBJECTS_MAX / KS_SLOTS_PER_CHUNK; i++)
		ks_os_free(table->chunks[i]);
}

static ks_u32 ks_hash(const void *address, ks_u16 type, ks_u32 bucket_count)
{
	ks_u64 key = (ks_u64)(size_t)address ^ ((ks_u64)type << 48);

	return (ks_u32)((key * 0x9e3779b97f4a7c15ull) >> 32) & (bucket_count - 1);
}

/* Whether this thread finds the object at its address. */
static bool ks_object_is_at(const struct ks_object *object, const void *address, ks_u16 type)
{
	return object->address == address && object->type == type &&
	       (!object->ending || object->ending == ks_os_thread());
}

struct ks_object *ks_hash_find(struct ks_objects *objects, const void *address, ks_u16 type)
{
	struct ks_object *object;

	if (!objects->bucket_count)
		return NULL;
	object = objects->buckets[ks_hash(address, type, objects->bucket_count)];
	while (object && !ks_object_is_at(object, address, type))
		object = object->hash_next;
	return object;
}

void ks_hash_add(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object **bucket =
		&objects->buckets[ks_hash(object->address, object->type, objects->bucket_count)];

	object->hash_next = *bucket;
	*bucket = object;
	ks_span_add(&objects->spans, &object->span, object->address, object->size);
	ks_pages_add(end, object->address);
	ks_store(&objects->hashed, objects->hashed + 1);
}

void ks_hash_remove(struct ks_end *end, struct ks_object *object)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object **link =
		&objects->buckets[ks_hash(object->address, object->type, objects->bucket_count)];

	while (*link != object)
		link = &(*link)->hash_next;
	*link = object->hash_next;
	ks_span_remove(&objects->spans, &object->span);
	ks_pages_remove(end, object->address);
	ks_store(&objects->hashed, objects->hashed - 1);
}

static void ks_hash_move(struct ks_objects *objects, struct ks_object **buckets, ks_u32 count)
{
	ks_u32 i;

	for (i = 0; i < objects->bucket_count; i++) {
		struct ks_object *object = objects->buckets[i];

		while (object) {
			struct ks_object *next = object->hash_next;
			ks_u32 at = ks_hash(object->address, object->type, count);

			object->hash_next = buckets[at];
			buckets[at] = object;
			object = next;
		}
	}
	objects->buckets = buckets;
	ks_store(&objects->bucket_count, count);
}

/*
 * Makes sure that there are buckets, and more of them when there are as many
 * objects. Without memory for more the chains only get longer.
 */
bool ks_hash_grow(struct ks_end *end)
{
	struct ks_objects *objects = &end->objects;
	struct ks_object **buckets, **old;
	unsigned long state;
	ks_u32 had, count;

	had = ks_load(&objects->bucket_count);
	if (had && ks_load(&objects->hashed) < had)
		return true;
	count = had ? had * 2 : KS_BUCKETS_MIN;
	buckets = ks_os_alloc(count * sizeof(struct ks_object *));
	if (!buckets)
		return had != 0;
	state = ks_lock_acquire(&end->lock);
	old = buckets;
	if (objects->bucket_count == had) {
		old = objects->buckets;
		ks_hash_move(objects, buckets, count);
	}
	ks_lock_release(&end->lock, state);
	ks_os_free(old);
	return true;
}

/* The slot that a new own object would get, KS_OBJECTS_MAX if the table is full. */
ks_u32 ks_slot_choose(struct ks_objects *objects)
{
	ks_u32 resting = objects->slots_used - objects->own.count;

	if (objects->slots_used < KS_OBJECTS_MAX &&
	    (!objects->free_first || resting <= KS_SLOTS_RESTING))
		return objects->slots_used;
	return objects->free_first ? objects->free_first - 1 : KS_OBJECTS_MAX;
}

/* Puts an object into the slot that ks_slot_choose() gave. */
void ks_slot_take(struct ks_objects *objects, ks_u32 slot, struct ks_object *object)
{
	struct ks_slot *place = ks_table_slot(&objects->own, slot);

	if (slot == objects->slots_used) {
		objects->slots_used++;
	} else {
		objects->free_first = place->next_free;
		if (!objects->free_first)
			objects->free_last = 0;
	}
	place->next_free = 0;
	place->object = object;
	place->generation = place->generation >= 0xffffff ? 1 : place->generation + 1;
	objects->own.count++;
}

/* Only once the other end has forgotten the object: its next user must be new there. */
void ks_slot_release(struct ks_objects *objects, ks_u32 slot)
{
	if (objects->free_last)
		ks_table_slot(&objects->own, objects->free_last - 1)->next_free = slot + 1;
	else
		objects->free_first = slot + 1;
	objects->free_last = slot + 1;
}
