// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What the kernel frees, heard by its tracepoints while a kernel's end is open. A kernel without them
 * says nothing (ks_os_sees_frees()), and neither do frees in bulk, as those of kfree_rcu() are: an
 * object that is freed so by the function that gives it back is to have a rule that says dealloc.
 */
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <trace/events/kmem.h>

#include "ks-rt/os/os.h"

static DEFINE_MUTEX(ks_probes_mutex);
static unsigned int ks_probe_users;
static bool ks_probed;

static void ks_kfree_probe(void *data, unsigned long site, const void *memory)
{
	if (!ZERO_OR_NULL_PTR(memory))
		ks_memory_freed(memory, ksize(memory));
}

static void ks_cache_probe(void *data, unsigned long site, const void *memory,
			   const struct kmem_cache *cache)
{
	ks_memory_freed(memory, kmem_cache_size((struct kmem_cache *)cache));
}

static bool ks_probes_register(void)
{
	if (register_trace_kfree(ks_kfree_probe, NULL))
		return false;
	if (!register_trace_kmem_cache_free(ks_cache_probe, NULL))
		return true;
	unregister_trace_kfree(ks_kfree_probe, NULL);
	return false;
}

void ks_os_watch_frees(bool watch)
{
	mutex_lock(&ks_probes_mutex);
	if (watch && !ks_probe_users++)
		WRITE_ONCE(ks_probed, ks_probes_register());
	if (!watch && !--ks_probe_users && ks_probed) {
		WRITE_ONCE(ks_probed, false);
		unregister_trace_kfree(ks_kfree_probe, NULL);
		unregister_trace_kmem_cache_free(ks_cache_probe, NULL);
		tracepoint_synchronize_unregister();
	}
	mutex_unlock(&ks_probes_mutex);
}

bool ks_os_sees_frees(const void *address)
{
	return READ_ONCE(ks_probed) && virt_addr_valid(address) &&
	       folio_test_slab(virt_to_folio(address));
}
