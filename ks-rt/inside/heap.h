/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Memory of a domain's own, for transports whose domains share none with the
 * kernel. Everything works in any context; a domain has one of each.
 */
#ifndef KS_INSIDE_HEAP_H
#define KS_INSIDE_HEAP_H

#include "ks-rt/os/os.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_HEAP_PAGE 4096u
#define KS_HEAP_PAGES_MAX 1024u /* of one heap */

/*
 * The heap: `pages` pages, zeroed, from `base` on, which is aligned to a page. Before this, the
 * heap is a few pages inside the image, enough for parameters.
 */
void ks_heap_init(void *base, ks_u32 pages);

/*
 * Uninitialised memory; NULL if there is none. Sizes up to half a page are rounded up to a power
 * of two and aligned to it, larger ones to whole pages.
 */
void *ks_heap_alloc(size_t size);
void ks_heap_free(void *memory); /* NULL, and what is not from the heap, is left alone */

/* How many bytes there are at `memory`, which was allocated; 0 if it was not. */
size_t ks_heap_size(const void *memory);

/*
 * The block that the address lies in, and its size as above; NULL if it lies in none. Of pages that
 * are cut into small ones also a block that is free just now.
 */
void *ks_heap_block(const void *address, size_t *size);

/* Bytes in use, rounded as above. */
size_t ks_heap_used(void);

/*
 * Per-CPU memory, as offsets into every processor's share: `size` bytes from `offset` on, zeroed.
 */
void ks_percpu_init(size_t offset, size_t size);

/* The offset of `size` bytes (uninitialised), aligned to a power of two up to a page; 0 if full. */
size_t ks_percpu_alloc(size_t size, size_t align);
/* Both say how many bytes there are, or were, in whole units; 0 if `offset` was not allocated. */
size_t ks_percpu_size(size_t offset);
size_t ks_percpu_free(size_t offset);

#ifdef __cplusplus
}
#endif

#endif
