// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Memory that is freed, and what lay in it.
 *
 * The driver's allocators tell what they take back: own objects in it are dropped. What they are
 * given may be a shadow, if the kernel gave the object away: then it is the kernel's end that gives
 * back the object, and only if it was noted, when the object crossed, that the driver may (a
 * holding that is `given`). A driver that frees anything else of the kernel's is stopped. What gives
 * the object back may sleep, which who hears of it may not: a thread for such work does it.
 *
 * Where the kernel tells what it frees (ks_os_sees_frees()), an own object of its end is dropped with
 * its memory, whoever freed it and whenever; and of a shadow, whose bytes are an allocation for
 * themselves, the driver's end frees the original. For each piece of memory that the kernel frees
 * there is a look at a table of pages without a lock; few are more than that, whatever a domain does:
 * what it has may begin in so many entries of the table and no more.
 *
 * A drop that says so of an object whose memory was freed is its reference without a type.
 */
#include "ks-rt/end/end.h"

#define KS_PAGES_LOOKED_AT 16
#define KS_PAGE_SHIFT 12

static KS_DEFINE_LOCK(ks_watched_lock); /* before an end's */
static struct ks_end *ks_watched;
/* In how many ends something begins there; several pages share an entry, which ones no domain chooses. */
static ks_u16 ks_pages[KS_PAGES];

void ks_frees_watch(struct ks_end *end)
{
	unsigned long state = ks_lock_acquire(&ks_watched_lock);

	end->next_watched = ks_watched;
	ks_watched = end;
	ks_lock_release(&ks_watched_lock, state);
}

void ks_frees_unwatch(struct ks_end *end)
{
	unsigned long state = ks_lock_acquire(&ks_watched_lock);
	struct ks_end **link = &ks_watched;

	while (*link && *link != end)
		link = &(*link)->next_watched;
	if (*link)
		*link = end->next_watched;
	ks_lock_release(&ks_watched_lock, state);
}

/* ---- the driver's ---- */

/* Own objects that start in the memory: its block, and what was found to be no part of that. */
static void ks_objects_drop_inside(struct ks_end *end, const void *address, size_t size)
{
	unsigned long state = ks_lock_acquire(&end->lock);
	const char *at = address;
	struct ks_span *span;

	while ((span = ks_span_first(end->objects.spans, at)) &&
	       span->start - (size_t)address < size) {
		struct ks_object *object = KS_OUTER(span, struct ks_object, span);

		if (object->own && !object->fixed)
			ks_object_queue_drop(end, object);
		else
			at = (const char *)span->start + 1;
	}
	ks_lock_release(&end->lock, state);
}

ks_u32 ks_stack_objects;

void ks_block_freed(const void *address, size_t size)
{
	unsigned long state = ks_lock_acquire(&ks_watched_lock);
	struct ks_end *end;

	for (end = ks_watched; end; end = end->next_watched)
		if (end->is_driver)
			ks_objects_drop_inside(end, address, size);
	ks_lock_release(&ks_watched_lock, state);
}

void ks_stack_left(struct ks_end *end, const void *frame)
{
	struct ks_object *object, *next;
	unsigned long state;

	if (!ks_load(&end->objects.on_stack))
		return;
	state = ks_lock_acquire(&end->lock);
	for (object = end->objects.on_stack; object; object = next) {
		const bool is_left = ks_os_stack_is_left(object->address, frame);

		next = object->next_on_stack;
		if (!is_left)
			continue;
		ks_object_queue_drop(end, object);
		next = end->objects.on_stack; /* others may have gone with it */
	}
	ks_lock_release(&end->lock, state);
}

void ks_scope_left(const void *address, size_t size)
{
	if (ks_load(&ks_stack_objects))
		ks_block_freed(address, size);
}

/* Under the lock. */
static bool ks_shadow_drop_at(struct ks_end *end, const void *address)
{
	struct ks_span *span = ks_span_first(end->objects.spans, address);
	struct ks_object *object = span ? KS_OUTER(span, struct ks_object, span) : NULL;

	if (!object || object->address != address || object->own || object->fixed)
		return false;
	object->freed = true;
	ks_object_queue_drop(end, object);
	return true;
}

bool ks_shadow_freed(const void *address)
{
	unsigned long state = ks_lock_acquire(&ks_watched_lock), inner;
	struct ks_end *end;
	bool found = false;

	for (end = ks_watched; end && !found; end = end->next_watched) {
		if (!end->is_driver)
			continue;
		inner = ks_lock_acquire(&end->lock);
		found = ks_shadow_drop_at(end, address);
		ks_lock_release(&end->lock, inner);
	}
	ks_lock_release(&ks_watched_lock, state);
	return found;
}

/* ---- the kernel's ---- */

static size_t ks_page_entry(size_t address)
{
	/* The highest bits are the ones that all of the page's number has a say in. */
	return ((ks_u64)address >> KS_PAGE_SHIFT) * 0x9e3779b97f4a7c15ull >> (64 - KS_PAGES_BITS);
}

int ks_frees_init(struct ks_end *end)
{
	if (!end->is_driver)
		end->pages = ks_os_alloc_large(KS_PAGES * sizeof(*end->pages));
	return end->is_driver || end->pages ? 0 : -ENOMEM;
}

void ks_frees_free(struct ks_end *end)
{
	ks_os_free_large(end->pages);
}

void ks_pages_add(struct ks_end *end, const void *address)
{
	size_t entry = ks_page_entry((size_t)address);

	if (!end->pages || end->pages[entry]++)
		return;
	end->pages_used++;
	__atomic_fetch_add(&ks_pages[entry], 1, __ATOMIC_RELAXED);
}

void ks_pages_remove(struct ks_end *end, const void *address)
{
	size_t entry = ks_page_entry((size_t)address);

	if (!end->pages || --end->pages[entry])
		return;
	end->pages_used--;
	__atomic_fetch_sub(&ks_pages[entry], 1, __ATOMIC_RELAXED);
}

bool ks_pages_room(const struct ks_end *end, const void *address)
{
	return !end->pages || end->pages_used < KS_PAGES_MAX ||
	       end->pages[ks_page_entry((size_t)address)];
}

/* Whether an object may begin in this memory. */
static bool ks_pages_have(const void *address, size_t size)
{
	size_t first = (size_t)address >> KS_PAGE_SHIFT;
	size_t last = ((size_t)address + size - 1) >> KS_PAGE_SHIFT;

	if (last - first >= KS_PAGES_LOOKED_AT)
		return true;
	for (; first <= last; first++)
		if (ks_load(&ks_pages[ks_page_entry(first << KS_PAGE_SHIFT)]))
			return true;
	return false;
}

/* One that starts in the memory or after it; false if none that is in it is left to be looked at. */
static bool ks_object_freed(struct ks_end *end, const char **at, size_t limit)
{
	struct ks_span *span = ks_span_first(end->objects.spans, *at);
	struct ks_object *object = span ? KS_OUTER(span, struct ks_object, span) : NULL;

	if (!span || span->start >= limit)
		return false;
	if (object->fixed) {
		*at = (const char *)span->start + 1;
		return true;
	}
	if (!object->own) {
		object->freed = true;
		ks_object_lose_body(object);
	}
	ks_object_queue_drop(end, object);
	if (object->retired)
		ks_retired_end(end, object);
	return true;
}

static bool ks_retired_freed(struct ks_end *end, const void *address, size_t limit)
{
	struct ks_span *span = ks_span_first(end->objects.retired, address);
	struct ks_object *object = span ? KS_OUTER(span, struct ks_object, span) : NULL;

	if (!span || span->start >= limit)
		return false;
	if (!object->own) {
		object->freed =
			true; /* which the other end hears if it has not heard of the drop */
		ks_object_lose_body(object);
	}
	ks_retired_end(end, object);
	return true;
}

void ks_memory_freed(const void *address, size_t size)
{
	size_t limit = (size_t)address + size;
	unsigned long state, inner;
	struct ks_end *end;
	bool found = false;

	if (!size || !ks_pages_have(address, size))
		return;
	state = ks_lock_acquire(&ks_watched_lock);
	for (end = ks_watched; end; end = end->next_watched) {
		const char *at = address;

		if (end->is_driver)
			continue;
		inner = ks_lock_acquire(&end->lock);
		while (ks_object_freed(end, &at, limit))
			found = true;
		while (ks_retired_freed(end, address, limit))
			found = true;
		ks_lock_release(&end->lock, inner);
	}
	ks_lock_release(&ks_watched_lock, state);
	if (found)
		ks_os_lookers_wait();
}

unsigned long ks_look(void)
{
	return ks_os_look();
}

void ks_looked(unsigned long state)
{
	ks_os_looked(state);
}

/* ---- told by the other end ---- */

/*
 * Takes out an own object whose memory was freed there; its address, NULL if it is not known. `given` is
 * what says that the driver may. `processor`: of per-CPU memory, whose, plus one.
 */
static void *ks_object_give_up(struct ks_end *end, ks_ref ref, struct ks_holding **given,
			       bool *waits, ks_u32 *processor)
{
	struct ks_slot *slot = ks_table_slot(&end->objects.own, ks_ref_slot(ref));
	struct ks_object *object = slot ? slot->object : NULL;
	void *address;

	if (!object || ks_ref_freed(object->ref) != ref || object->fixed)
		return NULL;
	address = object->address;
	*processor = object->processor;
	/* What a function of the kernel's is giving back is not the driver's any more. */
	*given = object->ends ? NULL : ks_holding_take_given(end, object, waits);
	if (end->is_driver || *given || *waits) {
		ks_object_let_go(end, object);
		ks_object_displace(end, object);
	}
	return address;
}

void ks_free_apply(struct ks_end *end, ks_ref ref)
{
	struct ks_holding *given = NULL;
	unsigned long state;
	bool waits = false;
	ks_u32 processor = 0;
	void *address, *block;
	size_t size;

	if (ks_ref_is_drivers(ref) != end->is_driver)
		return;
	state = ks_lock_acquire(&end->lock);
	address = ks_object_give_up(end, ref, &given, &waits, &processor);
	ks_lock_release(&end->lock, state);
	if (!address)
		return;
	if (!end->is_driver) {
		if (given)
			ks_holding_defer(end, given);
		else if (!waits)
			ks_domain_stop(end, "an object freed that was not given away");
		return;
	}
	/* Those of the other processors are told of as well. */
	if (processor) {
		if (processor == 1)
			ks_os_percpu_free(ks_percpu_start(address));
		return;
	}
	block = ks_os_block(address, &size);
	if (block == address)
		ks_os_block_free(block);
}
