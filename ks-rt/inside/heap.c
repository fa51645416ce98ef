// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The heap: runs of pages found first fit, and pages cut into objects of one
 * size. What the heap knows of a page is beside the pages, not in them, so a
 * write past an object's end spoils objects and free lists, never sizes. It is
 * the domain's own all the same: it protects nobody from a hostile driver.
 */
#include "ks-rt/inside/heap.h"

#define KS_CLASS_MIN 4	/* 16 bytes */
#define KS_CLASS_MAX 11 /* 2048 bytes */
#define KS_EARLY_PAGES 4u

enum ks_page_use {
	KS_PAGE_FREE,
	KS_PAGE_RUN,	/* the first of a run of `count` */
	KS_PAGE_INSIDE, /* a later one of it */
	KS_PAGE_CUT	/* into objects of 1 << `class` bytes, `count` of them in use */
};

struct ks_heap_page {
	ks_u8 use;
	ks_u8 class;
	ks_u16 next, before; /* of pages of this class with room; page plus one */
	ks_u32 count;
	void *free; /* the first free object; each holds the next one's address */
};

struct ks_heap {
	ks_lock lock;
	ks_u8 *base;
	ks_u32 pages;
	ks_u32 lowest; /* no page below is free */
	size_t used;
	ks_u16 partial[KS_CLASS_MAX + 1];
	struct ks_heap_page page[KS_HEAP_PAGES_MAX];
};

static ks_u8 ks_early[KS_EARLY_PAGES * KS_HEAP_PAGE] __attribute__((aligned(KS_HEAP_PAGE)));
static struct ks_heap ks_heap = {
#ifndef __KERNEL__
	.lock = PTHREAD_MUTEX_INITIALIZER,
#endif
	.base = ks_early,
	.pages = KS_EARLY_PAGES,
};

void ks_heap_init(void *base, ks_u32 pages)
{
	ks_u32 i;

	ks_lock_init(&ks_heap.lock);
	ks_heap.base = base;
	ks_heap.pages = pages < KS_HEAP_PAGES_MAX ? pages : KS_HEAP_PAGES_MAX;
	ks_heap.lowest = 0;
	ks_heap.used = 0;
	memset(ks_heap.partial, 0, sizeof(ks_heap.partial));
	for (i = 0; i < KS_HEAP_PAGES_MAX; i++)
		ks_heap.page[i] = (struct ks_heap_page){ 0 };
}

static void *ks_page_address(ks_u32 number)
{
	return ks_heap.base + (size_t)number * KS_HEAP_PAGE;
}

/* The first of `count` free pages in a row; ks_heap.pages if there are none. */
static ks_u32 ks_run_find(ks_u32 count)
{
	ks_u32 first = ks_heap.lowest, length = 0, i;

	for (i = first; i < ks_heap.pages; i++) {
		if (ks_heap.page[i].use != KS_PAGE_FREE) {
			first = i + 1;
			length = 0;
		} else if (++length == count) {
			return first;
		}
	}
	return ks_heap.pages;
}

static ks_u32 ks_run_take(ks_u32 count)
{
	ks_u32 first = ks_run_find(count), i;

	if (first == ks_heap.pages)
		return first;
	ks_heap.page[first].use = KS_PAGE_RUN;
	ks_heap.page[first].count = count;
	for (i = 1; i < count; i++)
		ks_heap.page[first + i].use = KS_PAGE_INSIDE;
	if (first == ks_heap.lowest)
		ks_heap.lowest = first + count;
	return first;
}

static void ks_run_free(ks_u32 first)
{
	ks_u32 count = ks_heap.page[first].count, i;

	for (i = 0; i < count; i++)
		ks_heap.page[first + i].use = KS_PAGE_FREE;
	if (first < ks_heap.lowest)
		ks_heap.lowest = first;
}

static void ks_partial_add(ks_u32 number)
{
	struct ks_heap_page *page = &ks_heap.page[number];
	ks_u16 *head = &ks_heap.partial[page->class];

	page->next = *head;
	page->before = 0;
	if (*head)
		ks_heap.page[*head - 1].before = (ks_u16)(number + 1);
	*head = (ks_u16)(number + 1);
}

static void ks_partial_remove(ks_u32 number)
{
	struct ks_heap_page *page = &ks_heap.page[number];

	if (page->before)
		ks_heap.page[page->before - 1].next = page->next;
	else
		ks_heap.partial[page->class] = page->next;
	if (page->next)
		ks_heap.page[page->next - 1].before = page->before;
}

/* A page with a free object of the class, cut if need be. */
static bool ks_page_cut(ks_u8 class)
{
	ks_u32 number = ks_run_take(1), at;
	struct ks_heap_page *page = &ks_heap.page[number];
	size_t size = (size_t)1 << class;

	if (number == ks_heap.pages)
		return false;
	page->use = KS_PAGE_CUT;
	page->class = class;
	page->count = 0;
	page->free = NULL;
	for (at = KS_HEAP_PAGE; at; at -= size) {
		void **object = (void **)((ks_u8 *)ks_page_address(number) + at - size);

		*object = page->free;
		page->free = object;
	}
	ks_partial_add(number);
	return true;
}

static void *ks_object_take(ks_u8 class)
{
	struct ks_heap_page *page;
	ks_u32 number;
	void **object;

	if (!ks_heap.partial[class] && !ks_page_cut(class))
		return NULL;
	number = ks_heap.partial[class] - 1u;
	page = &ks_heap.page[number];
	object = page->free;
	page->free = *object;
	page->count++;
	if (!page->free)
		ks_partial_remove(number);
	ks_heap.used += (size_t)1 << class;
	return object;
}

static void ks_object_put(ks_u32 number, void **object)
{
	struct ks_heap_page *page = &ks_heap.page[number];

	if (!page->count || ((size_t)object & (((size_t)1 << page->class) - 1)))
		return;
	if (!page->free)
		ks_partial_add(number);
	*object = page->free;
	page->free = object;
	page->count--;
	ks_heap.used -= (size_t)1 << page->class;
	if (!page->count) {
		ks_partial_remove(number);
		page->count = 1;
		ks_run_free(number);
	}
}

static ks_u8 ks_class_of(size_t size)
{
	ks_u8 class = KS_CLASS_MIN;

	while (((size_t)1 << class) < size)
		class++;
	return class;
}

void *ks_heap_alloc(size_t size)
{
	unsigned long state = ks_lock_acquire(&ks_heap.lock);
	void *memory = NULL;
	ks_u32 count, first;

	if (size <= (size_t)1 << KS_CLASS_MAX) {
		memory = ks_object_take(ks_class_of(size));
	} else if (size <= (size_t)ks_heap.pages * KS_HEAP_PAGE) {
		count = (ks_u32)((size + KS_HEAP_PAGE - 1) / KS_HEAP_PAGE);
		first = ks_run_take(count);
		if (first < ks_heap.pages) {
			memory = ks_page_address(first);
			ks_heap.used += (size_t)count * KS_HEAP_PAGE;
		}
	}
	ks_lock_release(&ks_heap.lock, state);
	return memory;
}

/* The page that `memory` lies in; ks_heap.pages if in none. */
static ks_u32 ks_page_of(const void *memory)
{
	size_t offset = (size_t)memory - (size_t)ks_heap.base;

	return offset < (size_t)ks_heap.pages * KS_HEAP_PAGE ? (ks_u32)(offset / KS_HEAP_PAGE) :
							       ks_heap.pages;
}

void ks_heap_free(void *memory)
{
	unsigned long state = ks_lock_acquire(&ks_heap.lock);
	ks_u32 number = ks_page_of(memory);

	if (number < ks_heap.pages && ks_heap.page[number].use == KS_PAGE_CUT) {
		ks_object_put(number, memory);
	} else if (number < ks_heap.pages && ks_heap.page[number].use == KS_PAGE_RUN &&
		   memory == ks_page_address(number)) {
		ks_heap.used -= (size_t)ks_heap.page[number].count * KS_HEAP_PAGE;
		ks_run_free(number);
	}
	ks_lock_release(&ks_heap.lock, state);
}

size_t ks_heap_size(const void *memory)
{
	unsigned long state = ks_lock_acquire(&ks_heap.lock);
	ks_u32 number = ks_page_of(memory);
	size_t size = 0;

	if (number < ks_heap.pages && ks_heap.page[number].use == KS_PAGE_CUT)
		size = (size_t)1 << ks_heap.page[number].class;
	else if (number < ks_heap.pages && ks_heap.page[number].use == KS_PAGE_RUN)
		size = (size_t)ks_heap.page[number].count * KS_HEAP_PAGE;
	ks_lock_release(&ks_heap.lock, state);
	return size;
}

void *ks_heap_block(const void *address, size_t *size)
{
	unsigned long state = ks_lock_acquire(&ks_heap.lock);
	ks_u32 number = ks_page_of(address);
	ks_u8 *block = NULL;

	*size = 0;
	if (number < ks_heap.pages && ks_heap.page[number].use == KS_PAGE_CUT) {
		*size = (size_t)1 << ks_heap.page[number].class;
		block = (ks_u8 *)address - ((size_t)address & (*size - 1));
	} else if (number < ks_heap.pages && ks_heap.page[number].use != KS_PAGE_FREE) {
		while (ks_heap.page[number].use == KS_PAGE_INSIDE)
			number--;
		*size = (size_t)ks_heap.page[number].count * KS_HEAP_PAGE;
		block = ks_page_address(number);
	}
	ks_lock_release(&ks_heap.lock, state);
	return block;
}

size_t ks_heap_used(void)
{
	return ks_load(&ks_heap.used);
}
