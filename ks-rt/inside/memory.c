// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The domain library's allocators, for domains with memory of their own: what
 * the kernel's do, from the domain's heap. Flags that ask for anything but
 * zeroes mean nothing here; nobody sleeps.
 */
#include <linux/gfp.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include <linux/slab.h>

#include "ks-rt/inside/format.h"
#include "ks-rt/inside/heap.h"
#include "ks-rt/inside/entry.h"

static void *ks_allocate(size_t size, gfp_t flags)
{
	void *memory;

	if (!size)
		return ZERO_SIZE_PTR;
	memory = ks_heap_alloc(size);
	if (memory && (flags & __GFP_ZERO))
		memset(memory, 0, size);
	return memory;
}

/* NULL, ZERO_SIZE_PTR and strings in read-only data are not from the heap: they stay. */
static void ks_free(const void *memory)
{
	size_t size = ks_heap_size(memory), around;

	/* A shadow lies behind what the runtime knows of it. */
	if (size && ks_heap_block(memory, &around) != memory && ks_shadow_freed(memory))
		return;
	if (size)
		ks_block_freed(memory, size);
	ks_heap_free((void *)memory);
}

#define FREE(name)                             \
	void ks_lib_##name(const void *memory) \
	{                                      \
		ks_free(memory);               \
	}

void *ks_lib___kmalloc(size_t size, gfp_t flags)
{
	return ks_allocate(size, flags);
}

void *ks_lib___kmalloc_node(size_t size, gfp_t flags, int node)
{
	return ks_allocate(size, flags);
}

void *ks_lib___kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)
{
	return ks_allocate(size, flags);
}

void *ks_lib___kmalloc_node_track_caller(size_t size, gfp_t flags, int node, unsigned long caller)
{
	return ks_allocate(size, flags);
}

void *ks_lib_kmalloc_large(size_t size, gfp_t flags)
{
	return ks_allocate(size, flags);
}

void *ks_lib_kmalloc_large_node(size_t size, gfp_t flags, int node)
{
	return ks_allocate(size, flags);
}

/* The caches of kmalloc() are the kernel's, and not looked into. */
void *ks_lib_kmalloc_trace(struct kmem_cache *cache, gfp_t flags, size_t size)
{
	return ks_allocate(size, flags);
}

void *ks_lib_kmalloc_node_trace(struct kmem_cache *cache, gfp_t flags, int node, size_t size)
{
	return ks_allocate(size, flags);
}

void *ks_lib_kvmalloc_node(size_t size, gfp_t flags, int node)
{
	return ks_allocate(size, flags);
}

void *ks_lib_vmalloc(unsigned long size)
{
	return ks_allocate(size, 0);
}

void *ks_lib_vzalloc(unsigned long size)
{
	return ks_allocate(size, __GFP_ZERO);
}

void *ks_lib_vmalloc_node(unsigned long size, int node)
{
	return ks_allocate(size, 0);
}

void *ks_lib_vzalloc_node(unsigned long size, int node)
{
	return ks_allocate(size, __GFP_ZERO);
}

void *ks_lib___vmalloc(unsigned long size, gfp_t flags)
{
	return ks_allocate(size, flags);
}

bool ks_lib_is_vmalloc_addr(const void *address)
{
	return false;
}

FREE(kfree)
FREE(kfree_const)
FREE(kvfree)
FREE(vfree)

void ks_lib_kfree_sensitive(const void *memory)
{
	memzero_explicit((void *)memory, ks_heap_size(memory));
	ks_free(memory);
}

void ks_lib_kvfree_sensitive(const void *memory, size_t size)
{
	ks_lib_kfree_sensitive(memory);
}

void ks_lib_kfree_bulk(size_t count, void **objects)
{
	while (count)
		ks_free(objects[--count]);
}

size_t ks_lib_ksize(const void *memory)
{
	return ks_heap_size(memory);
}

void *ks_lib_krealloc(const void *memory, size_t size, gfp_t flags)
{
	size_t had = ks_heap_size(memory);
	void *larger;

	if (!size) {
		ks_free(memory);
		return ZERO_SIZE_PTR;
	}
	if (had >= size)
		return (void *)memory;
	larger = ks_allocate(size, flags);
	if (larger) {
		memcpy(larger, memory, had);
		ks_free(memory);
	}
	return larger;
}

void *ks_lib_kvrealloc(const void *memory, size_t old, size_t size, gfp_t flags)
{
	return old >= size ? (void *)memory : ks_lib_krealloc(memory, size, flags);
}

void *ks_lib_kmemdup(const void *from, size_t size, gfp_t flags)
{
	void *copy = ks_allocate(size, flags & ~__GFP_ZERO);

	if (copy)
		memcpy(copy, from, size);
	return copy;
}

char *ks_lib_kmemdup_nul(const char *from, size_t length, gfp_t flags)
{
	char *copy;

	if (!from)
		return NULL;
	copy = ks_allocate(length + 1, flags);
	if (copy) {
		memcpy(copy, from, length);
		copy[length] = '\0';
	}
	return copy;
}

char *ks_lib_kstrdup(const char *from, gfp_t flags)
{
	return from ? ks_lib_kmemdup_nul(from, strlen(from), flags) : NULL;
}

const char *ks_lib_kstrdup_const(const char *from, gfp_t flags)
{
	return ks_lib_kstrdup(from, flags);
}

char *ks_lib_kstrndup(const char *from, size_t most, gfp_t flags)
{
	return from ? ks_lib_kmemdup_nul(from, strnlen(from, most), flags) : NULL;
}

char *ks_lib_kvasprintf(gfp_t flags, const char *format, va_list arguments)
{
	int length = ks_format(NULL, 0, format, arguments);
	char *text = ks_allocate(length + 1, flags);

	if (text)
		ks_format(text, length + 1, format, arguments);
	return text;
}

const char *ks_lib_kvasprintf_const(gfp_t flags, const char *format, va_list arguments)
{
	return ks_lib_kvasprintf(flags, format, arguments);
}

char *ks_lib_kasprintf(gfp_t flags, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = ks_lib_kvasprintf(flags, format, arguments);
	va_end(arguments);
	return text;
}

unsigned long *ks_lib_bitmap_alloc(unsigned int bits, gfp_t flags)
{
	return ks_allocate(BITS_TO_LONGS(bits) * sizeof(long), flags);
}

unsigned long *ks_lib_bitmap_zalloc(unsigned int bits, gfp_t flags)
{
	return ks_lib_bitmap_alloc(bits, flags | __GFP_ZERO);
}

FREE(bitmap_free)

/* ---- caches: a size and a constructor ---- */

struct ks_cache {
	unsigned int size, align;
	slab_flags_t flags;
	void (*construct)(void *object);
};

void *ks_lib_kmem_cache_create(const char *name, unsigned int size, unsigned int align,
			       slab_flags_t flags, void (*construct)(void *object))
{
	struct ks_cache *cache = ks_allocate(sizeof(*cache), __GFP_ZERO);

	if (!cache)
		return NULL;
	*cache = (struct ks_cache){ size, align, flags, construct };
	return cache;
}

void *ks_lib_kmem_cache_create_usercopy(const char *name, unsigned int size, unsigned int align,
					slab_flags_t flags, unsigned int offset,
					unsigned int usersize, void (*construct)(void *object))
{
	return ks_lib_kmem_cache_create(name, size, align, flags, construct);
}

FREE(kmem_cache_destroy)

void *ks_lib_kmem_cache_alloc(struct ks_cache *cache, gfp_t flags)
{
	/* Rounded up to a power of two, an object is aligned to it. */
	void *object = ks_allocate(max(cache->size, cache->align), flags);

	if (object && cache->construct)
		cache->construct(object);
	return object;
}

void *ks_lib_kmem_cache_alloc_lru(struct ks_cache *cache, void *lru, gfp_t flags)
{
	return ks_lib_kmem_cache_alloc(cache, flags);
}

void *ks_lib_kmem_cache_alloc_node(struct ks_cache *cache, gfp_t flags, int node)
{
	return ks_lib_kmem_cache_alloc(cache, flags);
}

void ks_lib_kmem_cache_free(struct ks_cache *cache, void *object)
{
	ks_free(object);
}

void ks_lib_kmem_cache_free_bulk(struct ks_cache *cache, size_t count, void **objects)
{
	ks_lib_kfree_bulk(count, objects);
}

int ks_lib_kmem_cache_alloc_bulk(struct ks_cache *cache, gfp_t flags, size_t count, void **objects)
{
	size_t got;

	for (got = 0; got < count; got++) {
		objects[got] = ks_lib_kmem_cache_alloc(cache, flags);
		if (!objects[got]) {
			ks_lib_kfree_bulk(got, objects);
			return 0;
		}
	}
	return (int)count;
}

/* ---- per CPU ---- */

void __percpu *ks_lib___alloc_percpu_gfp(size_t size, size_t align, gfp_t flags)
{
	size_t at = ks_percpu_alloc(size, align);
	unsigned int cpu;

	if (at)
		for (cpu = 0; cpu < ks_inside_processors; cpu++)
			memset((void *)(at + ks_lib___per_cpu_offset[cpu]), 0, size);
	return (void __percpu *)at;
}

void __percpu *ks_lib___alloc_percpu(size_t size, size_t align)
{
	return ks_lib___alloc_percpu_gfp(size, align, 0);
}

void ks_lib_free_percpu(void __percpu *memory)
{
	if (!ks_percpu_freed((void __force *)memory))
		ks_percpu_free((size_t)memory);
}
