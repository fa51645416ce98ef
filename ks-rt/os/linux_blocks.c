// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The blocks of the kernel's memory, as its allocators know them: objects of slabs, pages, and what
 * vmalloc() gives; variables where the kernel's symbols have them. Of a thread's stack, of what was there
 * before the allocators, of device memory and of data of each processor nothing is known.
 */
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kfence.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "ks-rt/os/os.h"

#define KS_MAPPED_MAX \
	(1u << 20) /* of larger blocks nothing is known, which it would take long to find out */

#ifdef CONFIG_SLUB
/* What inline functions of the header name, which nothing here calls: it is for the allocator itself. */
struct slab {
	unsigned int objects;
};
#define slab_address(slab) ((void *)(slab))
#include <linux/slub_def.h>
#undef slab_address

/* Where in its struct page a slab says of which cache it is, which no header does; 0 if it is not found. */
static size_t ks_cache_at;

void __init ks_os_blocks_init(void)
{
	struct kmem_cache *cache = kmem_cache_create("ks_blocks", 64, 0, 0, NULL);
	void *object = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL;
	size_t at, found = 0, places = 0;

	if (object) {
		char *page = (char *)virt_to_head_page(object);

		for (at = sizeof(void *); at < sizeof(struct page); at += sizeof(void *))
			if (*(struct kmem_cache **)(page + at) == cache) {
				found = at;
				places++;
			}
		kmem_cache_free(cache, object);
	}
	kmem_cache_destroy(cache);
	ks_cache_at = places == 1 ? found : 0;
}

static void *ks_slab_block(struct page *slab, const char *address, size_t *size)
{
	struct kmem_cache *cache;
	char *object;

	if (!ks_cache_at || is_kfence_address(address))
		return NULL;
	cache = READ_ONCE(*(struct kmem_cache **)((char *)slab + ks_cache_at));
	if (!cache || !cache->size)
		return NULL;
	object = page_address(slab);
	object += (size_t)(address - object) / cache->size * cache->size + cache->red_left_pad;
	*size = cache->object_size;
	return address >= object && ksize(object) >= *size ? object : NULL;
}
#else
void __init ks_os_blocks_init(void)
{
}

static void *ks_slab_block(struct page *slab, const char *address, size_t *size)
{
	return NULL;
}
#endif

/* Any thread's: most are pages like others. */
static bool ks_is_in_stack(const char *address)
{
	struct task_struct *process, *thread;
	bool found = ks_os_stack_around(address);

	rcu_read_lock();
	for_each_process_thread(
		process, thread) if ((size_t)(address - (const char *)READ_ONCE(thread->stack)) <
				     THREAD_SIZE) found = true;
	rcu_read_unlock();
	return found;
}

/* Of pages that are not known to belong together, the one. */
static void *ks_pages_block(const char *address, size_t *size)
{
	struct page *page = virt_to_head_page(address);

	if (PageSlab(page))
		return ks_slab_block(page, address, size);
	if (PageReserved(page) || !page_count(page) || ks_is_in_stack(address))
		return NULL;
	*size = page_size(page);
	return page_address(page);
}

/* What vmalloc() has mapped there; NULL if nothing, or what is no memory of the allocator's. */
static struct page *ks_mapped(const char *address)
{
	struct page *page = is_vmalloc_addr(address) ? vmalloc_to_page(address) : NULL;

	return page && pfn_valid(page_to_pfn(page)) && !PageReserved(page) ? page : NULL;
}

/*
 * Data of each processor lie there, too, many allocations side by side. Their pages all say which chunk
 * they are of: an object of a slab.
 */
static bool ks_is_chunk(const struct page *page, unsigned long index)
{
	const void *chunk = (const void *)index;

	return page->index == index && index >= PAGE_OFFSET && virt_addr_valid(chunk) &&
	       PageSlab(virt_to_head_page(chunk));
}

/* A page that is not mapped follows each block. */
static void *ks_mapped_block(const char *address, size_t *size)
{
	char *first = (char *)PTR_ALIGN_DOWN(address, PAGE_SIZE), *last = first;
	struct page *page = ks_mapped(first);
	unsigned long index = page ? page->index : 0;
	bool is_chunk = true;

	if (!page || ks_is_in_stack(address))
		return NULL;
	for (; (page = ks_mapped(last)); last += PAGE_SIZE) {
		is_chunk &= ks_is_chunk(page, index);
		if (last - first >= KS_MAPPED_MAX)
			return NULL;
	}
	for (; (page = ks_mapped(first - PAGE_SIZE)); first -= PAGE_SIZE) {
		is_chunk &= ks_is_chunk(page, index);
		if (last - first >= KS_MAPPED_MAX)
			return NULL;
	}
	*size = last - first;
	return is_chunk ? NULL : first;
}

static void *ks_symbol_block(const char *address, size_t *size)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned long offset;
	const char *behind;

	if (!IS_ENABLED(CONFIG_KALLSYMS_ALL))
		return NULL;
	sprint_symbol(text, (unsigned long)address);
	behind = strrchr(text, '+');
	if (!behind || sscanf(behind, "+0x%lx/0x%zx", &offset, size) != 2 || offset >= *size)
		return NULL;
	return (void *)(address - offset);
}

/* In the kernel's own image; what of that was for its start has been given to the allocators. */
bool ks_os_is_static(const void *address)
{
	return (size_t)address >= __START_KERNEL_map && (size_t)address < MODULES_VADDR &&
	       virt_addr_valid(address) && PageReserved(virt_to_page(address));
}

bool ks_os_is_memory(const void *address)
{
	const struct page *page = address;

	if (is_vmalloc_addr(address) ||
	    ((size_t)address >= MODULES_VADDR && (size_t)address < MODULES_END))
		return true;
	if ((size_t)address >= VMEMMAP_START && (size_t)address < MODULES_VADDR &&
	    (size_t)address - VMEMMAP_START < (MAXMEM >> PAGE_SHIFT) * sizeof(struct page))
		return pfn_valid(page - vmemmap);
	return virt_addr_valid(address);
}

const void *ks_os_page_of(const void *address)
{
	return virt_addr_valid(address) ? virt_to_page(address) : NULL;
}

void *ks_os_kernel_block(const void *address, size_t *size)
{
	if (is_vmalloc_addr(address))
		return ks_mapped_block(address, size);
	if (virt_addr_valid(address) && !PageReserved(virt_to_page(address)))
		return ks_pages_block(address, size);
	return ks_symbol_block(address, size);
}
