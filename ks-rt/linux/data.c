// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The kernel's variables that a domain gets a copy of when it is offered: none of
 * them changes later, but for the processors on line.
 */
#include <linux/bitrev.h>
#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <asm/page.h>
#include <asm/processor.h>

#include "ks-rt/inside/data.h"

struct ks_source {
	const char *name;
	const void *address;
	size_t size;
};

#define SOURCE(variable) { #variable, &variable, sizeof(variable) }

static const struct ks_source ks_sources[] = {
	SOURCE(__cpu_online_mask),
	SOURCE(__cpu_possible_mask),
	SOURCE(__cpu_present_mask),
	SOURCE(__num_online_cpus),
	SOURCE(__per_cpu_offset),
	{ "_ctype", _ctype, 256 },
#ifdef CONFIG_BITREVERSE
	{ "byte_rev_table", byte_rev_table, 256 },
#endif
	SOURCE(cpu_bit_bitmap),
	{ "hex_asc", hex_asc, 16 },
	{ "hex_asc_upper", hex_asc_upper, 16 },
	SOURCE(kmalloc_caches),
	SOURCE(mem_section),
	SOURCE(nr_cpu_ids),
#ifdef CONFIG_DYNAMIC_MEMORY_LAYOUT
	SOURCE(page_offset_base),
	SOURCE(vmalloc_base),
	SOURCE(vmemmap_base),
#endif
	SOURCE(phys_base),
};

static int ks_fill(const struct ks_datum *datum)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ks_sources); i++) {
		if (strcmp(ks_sources[i].name, datum->name))
			continue;
		if (ks_sources[i].size != datum->size)
			return -ENOEXEC;
		memcpy(datum->address, ks_sources[i].address, datum->size);
		return 0;
	}
	return -ENOEXEC;
}

/* A processor's own of that name, and its size; what has no variable to copy is put into `room`. */
static const void *ks_per_cpu_source(const char *name, int cpu, unsigned long *room, size_t *size)
{
	if (!strcmp(name, "this_cpu_off")) {
		*room = per_cpu_offset(cpu);
		*size = sizeof(unsigned long);
		return room;
	}
	if (!strcmp(name, "cpu_number")) {
		*room = cpu;
		*size = sizeof(int);
		return room;
	}
#ifdef CONFIG_SMP
	if (!strcmp(name, "cpu_info")) {
		*size = sizeof(cpu_info);
		return &per_cpu(cpu_info, cpu);
	}
#endif
	return NULL;
}

static int ks_fill_per_cpu(const struct ks_datum *datum)
{
	int cpu;

	for_each_possible_cpu (cpu) {
		unsigned long room;
		size_t size = 0;
		const void *source = ks_per_cpu_source(datum->name, cpu, &room, &size);

		if (!source || size != datum->size)
			return -ENOEXEC;
		memcpy(per_cpu_ptr((void __percpu *)datum->address, cpu), source, size);
	}
	return 0;
}

int ks_inside_fill(const char *name, const struct ks_datum *data, unsigned int count)
{
	unsigned int i;
	int error;

	for (i = 0; i < count; i++) {
		error = data[i].per_cpu ? ks_fill_per_cpu(&data[i]) : ks_fill(&data[i]);
		if (error) {
			pr_err("ks_rt: %s: no %s of %zu bytes for the domain\n", name, data[i].name,
			       data[i].size);
			return error;
		}
	}
	return 0;
}
