// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The pool and what is made of its pages: extended page tables and page
 * tables, which have the same form (SDM 5.5 and 29.3).
 */
#include "ks-rt/visor/state.h"

struct ks_visor *ks_visor;

ks_u64 ks_pool_physical(const void *page)
{
	return (ks_u64)page - (ks_u64)ks_visor->setup.pool + ks_visor->setup.pool_physical;
}

void *ks_pool_virtual(ks_u64 physical)
{
	return (char *)ks_visor->setup.pool + (physical - ks_visor->setup.pool_physical);
}

void *ks_page_take(struct ks_visor *visor)
{
	ks_u64 *page;
	unsigned int i;

	if (!visor->free_page)
		return NULL;
	page = ks_pool_virtual(visor->free_page);
	visor->free_page = page[0];
	visor->free_count--;
	for (i = 0; i < 512; i++)
		page[i] = 0;
	return page;
}

void ks_page_give(struct ks_visor *visor, void *page)
{
	if (!page)
		return;
	*(ks_u64 *)page = visor->free_page;
	visor->free_page = ks_pool_physical(page);
	visor->free_count++;
}

bool ks_tables_make(struct ks_visor *visor, struct ks_tables *tables)
{
	tables->root = ks_page_take(visor);
	return tables->root != NULL;
}

/* Whether an entry of level 1 to 3 leads to another table: EPT and page tables agree on these bits. */
static bool ks_entry_links(ks_u64 entry)
{
	return (entry & EPT_RIGHTS) && !(entry & EPT_LARGE);
}

static void ks_table_free(struct ks_visor *visor, ks_u64 *table, int level)
{
	unsigned int i;

	for (i = 0; level && i < 512; i++)
		if (ks_entry_links(table[i]))
			ks_table_free(visor, ks_pool_virtual(table[i] & KS_ADDRESS), level - 1);
	ks_page_give(visor, table);
}

void ks_tables_free(struct ks_visor *visor, struct ks_tables *tables)
{
	if (tables->root)
		ks_table_free(visor, tables->root, 3);
	tables->root = NULL;
}

/* A large page becomes a table of pages a level below that say the same. */
static void ks_entry_split(ks_u64 *table, ks_u64 entry, int level)
{
	ks_u64 size = 1ull << (12 + 9 * (level - 1)), i;
	ks_u64 flags = entry & 0xfff;

	if (level == 1)
		flags &= ~EPT_LARGE;
	for (i = 0; i < 512; i++)
		table[i] = (entry & KS_ADDRESS) + i * size + flags;
}

static ks_u64 *ks_tables_walk(struct ks_visor *visor, struct ks_tables *tables, ks_u64 address,
			      int to, ks_u64 link)
{
	ks_u64 *table = tables->root, *entry, *below;
	int level;

	for (level = 3;; level--) {
		entry = &table[address >> (12 + 9 * level) & 511];
		if (level == to)
			return entry;
		if (!ks_entry_links(*entry)) {
			below = ks_page_take(visor);
			if (!below)
				return NULL;
			if (*entry & EPT_RIGHTS)
				ks_entry_split(below, *entry, level);
			*entry = ks_pool_physical(below) | link;
		}
		table = ks_pool_virtual(*entry & KS_ADDRESS);
	}
}

ks_u64 *ks_tables_entry(struct ks_visor *visor, struct ks_tables *tables, ks_u64 address,
			ks_u64 link)
{
	return ks_tables_walk(visor, tables, address, 0, link);
}

static bool ks_table_show(struct ks_visor *visor, ks_u64 *table, int level, struct ks_tables *ept)
{
	ks_u64 physical = ks_pool_physical(table);
	ks_u64 *entry = ks_tables_entry(visor, ept, physical, EPT_RIGHTS);
	unsigned int i;

	if (!entry)
		return false;
	*entry = physical | EPT_WRITE_BACK | EPT_READ;
	for (i = 0; level && i < 512; i++)
		if (ks_entry_links(table[i]) &&
		    !ks_table_show(visor, ks_pool_virtual(table[i] & KS_ADDRESS), level - 1, ept))
			return false;
	return true;
}

bool ks_tables_show(struct ks_visor *visor, struct ks_tables *map, struct ks_tables *ept)
{
	return ks_table_show(visor, map->root, 3, ept);
}

/* Accessed and dirty flags stay off: with them, a walk would count as a write to the tables. */
ks_u64 ks_eptp(const struct ks_tables *tables)
{
	return ks_pool_physical(tables->root) | EPTP_WALK_4 | EPTP_WRITE_BACK;
}

/* The kernel's memory types are those of its own page tables (PAT); EPT says write-back for all. */
bool ks_ept_extend(struct ks_visor *visor, struct ks_visor_cpu *cpu, ks_u64 physical)
{
	ks_u64 base = physical & ~((1ull << 30) - 1);
	ks_u64 *entry = ks_tables_walk(visor, &cpu->ept, base, 2, EPT_RIGHTS);

	if (!entry || (*entry & EPT_RIGHTS))
		return false;
	*entry = base | EPT_WRITE_BACK | EPT_LARGE | EPT_RIGHTS;
	return true;
}

bool ks_ept_make_kernels(struct ks_visor *visor, struct ks_visor_cpu *cpu)
{
	ks_u64 pool = visor->setup.pool_physical, at, *entry;

	if (!ks_tables_make(visor, &cpu->ept))
		return false;
	for (at = 0; at < 1ull << 39; at += 1ull << 30)
		if (!ks_ept_extend(visor, cpu, at))
			return false;
	for (at = pool; at < pool + visor->setup.pool_size; at += 1ull << 21) {
		if (at >> 39 && !(at & ((1ull << 30) - 1)))
			ks_ept_extend(visor, cpu, at);
		entry = ks_tables_walk(visor, &cpu->ept, at, 1, EPT_RIGHTS);
		if (!entry)
			return false;
		*entry = 0;
	}
	entry = ks_tables_entry(visor, &cpu->ept, visor->setup.cpu_physical, EPT_RIGHTS);
	if (!entry)
		return false;
	*entry = ks_pool_physical(cpu->own_page) | EPT_WRITE_BACK | EPT_READ | EPT_WRITE;
	return true;
}
