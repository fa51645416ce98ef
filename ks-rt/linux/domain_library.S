/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The domain library for transports that share the kernel's address space:
 * what driver code may call without crossing, as ks_lib_NAME. A function here
 * touches only what it is passed, or the domain's share of an allocator or log.
 *
 * References are weak: a kernel configuration that lacks one of these has no
 * driver that imports it.
 */
#include <linux/linkage.h>
#include <asm/export.h>
#include <asm/frame.h>

#define FUNCTION(name)				\
	.weak name;				\
	SYM_FUNC_START(ks_lib_##name);		\
	jmp name;				\
	SYM_FUNC_END(ks_lib_##name);		\
	EXPORT_SYMBOL_GPL(ks_lib_##name)

/* What it returns is the driver's memory: ks_allocated() in blocks.c. */
#define ALLOCATOR(name)				\
	.weak name;				\
	SYM_FUNC_START(ks_lib_##name);		\
	FRAME_BEGIN;				\
	call name;				\
	mov %rax, %rdi;				\
	call ks_allocated;			\
	FRAME_END;				\
	RET;					\
	SYM_FUNC_END(ks_lib_##name);		\
	EXPORT_SYMBOL_GPL(ks_lib_##name)

/* What it gets is the driver's memory no more, or the kernel's, and then not for the allocator. */
#define DEALLOCATOR(name, freed)		\
	.weak name;				\
	SYM_FUNC_START(ks_lib_##name);		\
	FRAME_BEGIN;				\
	push %rdi;				\
	push %rsi;				\
	call freed;				\
	pop %rsi;				\
	pop %rdi;				\
	FRAME_END;				\
	test %al, %al;				\
	jnz name;				\
	RET;					\
	SYM_FUNC_END(ks_lib_##name);		\
	EXPORT_SYMBOL_GPL(ks_lib_##name)

/* Both: what was there is another block afterwards, even at the same address. */
#define REALLOCATOR(name)			\
	.weak name;				\
	SYM_FUNC_START(ks_lib_##name);		\
	FRAME_BEGIN;				\
	push %rdi;				\
	push %rsi;				\
	push %rdx;				\
	push %rcx;				\
	call ks_moved;				\
	pop %rcx;				\
	pop %rdx;				\
	pop %rsi;				\
	pop %rdi;				\
	call name;				\
	mov %rax, %rdi;				\
	call ks_allocated;			\
	FRAME_END;				\
	RET;					\
	SYM_FUNC_END(ks_lib_##name);		\
	EXPORT_SYMBOL_GPL(ks_lib_##name)

/* State of the processor that cannot be copied: another name for the kernel's own. */
#define LIVE(name)				\
	.weak name;				\
	__EXPORT_SYMBOL(ks_lib_##name, name, _gpl)

	.text
FUNCTION(___ratelimit)
FUNCTION(__alloc_percpu)
FUNCTION(__alloc_percpu_gfp)
FUNCTION(__bitmap_and)
FUNCTION(__bitmap_andnot)
FUNCTION(__bitmap_clear)
FUNCTION(__bitmap_complement)
FUNCTION(__bitmap_equal)
FUNCTION(__bitmap_intersects)
FUNCTION(__bitmap_or)
FUNCTION(__bitmap_replace)
FUNCTION(__bitmap_set)
FUNCTION(__bitmap_shift_left)
FUNCTION(__bitmap_shift_right)
FUNCTION(__bitmap_subset)
FUNCTION(__bitmap_weight)
FUNCTION(__bitmap_weight_and)
FUNCTION(__bitmap_xor)
FUNCTION(__crc32c_le)
FUNCTION(__fentry__)
FUNCTION(__find_nth_bit)
FUNCTION(__fortify_panic)
ALLOCATOR(__kmalloc)
ALLOCATOR(__kmalloc_node)
ALLOCATOR(__kmalloc_node_track_caller)
ALLOCATOR(__kmalloc_track_caller)
FUNCTION(__list_add_valid)
FUNCTION(__list_del_entry_valid)
FUNCTION(__memcpy)
FUNCTION(__memmove)
FUNCTION(__memset)
FUNCTION(__printk_ratelimit)
FUNCTION(__rb_erase_color)
FUNCTION(__rb_insert_augmented)
FUNCTION(__stack_chk_fail)
FUNCTION(__sw_hweight32)
FUNCTION(__sw_hweight64)
FUNCTION(__sysfs_match_string)
FUNCTION(__ubsan_handle_out_of_bounds)
FUNCTION(__ubsan_handle_shift_out_of_bounds)
FUNCTION(__vmalloc)
FUNCTION(__warn_printk)
FUNCTION(_find_first_and_bit)
FUNCTION(_find_first_bit)
FUNCTION(_find_first_zero_bit)
FUNCTION(_find_last_bit)
FUNCTION(_find_next_and_bit)
FUNCTION(_find_next_andnot_bit)
FUNCTION(_find_next_bit)
FUNCTION(_find_next_bit_le)
FUNCTION(_find_next_zero_bit)
FUNCTION(_find_nth_bit)
FUNCTION(_kstrtol)
FUNCTION(_kstrtoul)
FUNCTION(_printk)
FUNCTION(bcmp)
FUNCTION(bin2hex)
FUNCTION(bitmap_alloc)
FUNCTION(bitmap_find_next_zero_area_off)
FUNCTION(bitmap_free)
FUNCTION(bitmap_parse)
FUNCTION(bitmap_parselist)
FUNCTION(bitmap_zalloc)
FUNCTION(bsearch)
FUNCTION(cpumask_next_wrap)
FUNCTION(crc16)
FUNCTION(crc32_be)
FUNCTION(crc32_le)
FUNCTION(crc32c)
FUNCTION(crc7_be)
FUNCTION(crc8)
FUNCTION(crc_ccitt)
FUNCTION(crc_itu_t)
FUNCTION(dump_stack)
FUNCTION(find_next_clump8)
FUNCTION(fortify_panic)
DEALLOCATOR(free_percpu, ks_freed_percpu)
FUNCTION(gcd)
FUNCTION(get_option)
FUNCTION(get_options)
FUNCTION(hex2bin)
FUNCTION(hex_dump_to_buffer)
FUNCTION(hex_to_bin)
FUNCTION(int_pow)
FUNCTION(int_sqrt)
FUNCTION(int_sqrt64)
FUNCTION(is_vmalloc_addr)
FUNCTION(kasprintf)
DEALLOCATOR(kfree, ks_freed)
DEALLOCATOR(kfree_bulk, ks_freed_bulk)
DEALLOCATOR(kfree_const, ks_freed)
DEALLOCATOR(kfree_sensitive, ks_freed)
ALLOCATOR(kmalloc_large)
ALLOCATOR(kmalloc_large_node)
ALLOCATOR(kmalloc_node_trace)
ALLOCATOR(kmalloc_trace)
FUNCTION(kmem_cache_alloc)
FUNCTION(kmem_cache_alloc_bulk)
FUNCTION(kmem_cache_alloc_lru)
FUNCTION(kmem_cache_alloc_node)
FUNCTION(kmem_cache_create)
FUNCTION(kmem_cache_create_usercopy)
FUNCTION(kmem_cache_destroy)
FUNCTION(kmem_cache_free)
FUNCTION(kmem_cache_free_bulk)
ALLOCATOR(kmemdup)
FUNCTION(kmemdup_nul)
REALLOCATOR(krealloc)
FUNCTION(ksize)
FUNCTION(kstrdup)
FUNCTION(kstrdup_const)
FUNCTION(kstrndup)
FUNCTION(kstrtobool)
FUNCTION(kstrtoint)
FUNCTION(kstrtoll)
FUNCTION(kstrtos16)
FUNCTION(kstrtos8)
FUNCTION(kstrtou16)
FUNCTION(kstrtou8)
FUNCTION(kstrtouint)
FUNCTION(kstrtoull)
FUNCTION(kvasprintf)
FUNCTION(kvasprintf_const)
DEALLOCATOR(kvfree, ks_freed)
DEALLOCATOR(kvfree_sensitive, ks_freed)
ALLOCATOR(kvmalloc_node)
REALLOCATOR(kvrealloc)
FUNCTION(lcm)
FUNCTION(list_sort)
FUNCTION(llist_add_batch)
FUNCTION(llist_del_first)
FUNCTION(llist_reverse_order)
FUNCTION(match_string)
FUNCTION(memchr)
FUNCTION(memchr_inv)
FUNCTION(memcmp)
FUNCTION(memcpy)
FUNCTION(memcpy_and_pad)
FUNCTION(memmove)
FUNCTION(memparse)
FUNCTION(memscan)
FUNCTION(memset)
FUNCTION(memset16)
FUNCTION(memset32)
FUNCTION(memset64)
FUNCTION(next_arg)
FUNCTION(print_hex_dump)
FUNCTION(printk_deferred)
FUNCTION(rb_erase)
FUNCTION(rb_first)
FUNCTION(rb_first_postorder)
FUNCTION(rb_insert_color)
FUNCTION(rb_last)
FUNCTION(rb_next)
FUNCTION(rb_next_postorder)
FUNCTION(rb_prev)
FUNCTION(rb_replace_node)
FUNCTION(scnprintf)
FUNCTION(simple_strtol)
FUNCTION(simple_strtoll)
FUNCTION(simple_strtoul)
FUNCTION(simple_strtoull)
FUNCTION(skip_spaces)
FUNCTION(snprintf)
FUNCTION(sort)
FUNCTION(sort_r)
FUNCTION(sprintf)
FUNCTION(sscanf)
FUNCTION(stpcpy)
FUNCTION(strcasecmp)
FUNCTION(strcat)
FUNCTION(strchr)
FUNCTION(strchrnul)
FUNCTION(strcmp)
FUNCTION(strcpy)
FUNCTION(strcspn)
FUNCTION(strim)
FUNCTION(string_get_size)
FUNCTION(strlcat)
FUNCTION(strlcpy)
FUNCTION(strlen)
FUNCTION(strncasecmp)
FUNCTION(strncat)
FUNCTION(strnchr)
FUNCTION(strncmp)
FUNCTION(strncpy)
FUNCTION(strnlen)
FUNCTION(strnstr)
FUNCTION(strpbrk)
FUNCTION(strrchr)
FUNCTION(strreplace)
FUNCTION(strscpy)
FUNCTION(strscpy_pad)
FUNCTION(strsep)
FUNCTION(strspn)
FUNCTION(strstr)
FUNCTION(sysfs_streq)
FUNCTION(vfree)
FUNCTION(vmalloc)
FUNCTION(vmalloc_node)
FUNCTION(vprintk)
FUNCTION(vscnprintf)
FUNCTION(vsnprintf)
FUNCTION(vsprintf)
FUNCTION(vsscanf)
FUNCTION(vzalloc)
FUNCTION(vzalloc_node)

LIVE(__preempt_count)
LIVE(current_task)
LIVE(pcpu_hot)
