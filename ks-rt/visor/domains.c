// SPDX-License-Identifier: Dual MIT/GPL
/* Domains: made, filled, sealed and ended. In root mode, under the visor's lock. */
#include "ks-rt/visor/state.h"

/* Page-table entries: present, accessed and dirty from the start, so that no walk writes them. */
#define PT_LINK 0x23ull
#define PT_LEAF 0x61ull
#define PT_WRITE 2ull
#define PT_NO_EXECUTE (1ull << 63)

#define KS_ROOTS_MAX 512u

static struct {
	ks_u64 address;
	const char *instruction;
} ks_refused;

ks_u64 ks_visor_refused(const char **instruction)
{
	*instruction = ks_refused.instruction;
	return ks_refused.address;
}

struct ks_visor_domain *ks_visor_domain_at(struct ks_visor *visor, int index)
{
	if (index < 1 || index > KS_VISOR_DOMAINS || !visor->domains[index].used)
		return NULL;
	return &visor->domains[index];
}

static void ks_visor_domain_clear(struct ks_visor *visor, struct ks_visor_domain *domain)
{
	ks_tables_free(visor, &domain->ept);
	ks_tables_free(visor, &domain->map);
	ks_page_give(visor, domain->world);
	ks_page_give(visor, domain->roots);
	*domain = (struct ks_visor_domain){ 0 };
}

int ks_visor_domain_create(struct ks_visor *visor)
{
	struct ks_visor_domain *domain;
	int index = 1;

	while (index <= KS_VISOR_DOMAINS && visor->domains[index].used)
		index++;
	if (index > KS_VISOR_DOMAINS)
		return -ENOSPC;
	domain = &visor->domains[index];
	domain->world = ks_page_take(visor);
	domain->roots = ks_page_take(visor);
	if (domain->world && domain->roots && ks_tables_make(visor, &domain->ept) &&
	    ks_tables_make(visor, &domain->map)) {
		domain->used = true;
		return index;
	}
	ks_visor_domain_clear(visor, domain);
	return -ENOMEM;
}

/* Whether [physical, + size) and the `count` bytes from `other` on have a byte in common. */
static bool ks_overlap(ks_u64 physical, ks_u64 size, ks_u64 other, ks_u64 count)
{
	return physical < other + count && other < physical + size;
}

static bool ks_map_sane(struct ks_visor *visor, ks_u64 address, ks_u64 physical, ks_u64 pages,
			ks_u32 rights)
{
	ks_u64 size = pages * KS_VISOR_PAGE;
	const struct ks_visor_setup *setup = &visor->setup;

	if (!pages || pages > 1ull << 24 || (address | physical) % KS_VISOR_PAGE)
		return false;
	if (address >> 47 != 0x1ffff || address + size - 1 < address || physical >= 1ull << 48 ||
	    size > (1ull << 48) - physical)
		return false;
	if (!(rights & KS_VISOR_READ) || rights > 7 ||
	    (rights & KS_VISOR_WRITE && rights & KS_VISOR_EXECUTE))
		return false;
	return !ks_overlap(physical, size, setup->pool_physical, setup->pool_size) &&
	       !ks_overlap(physical, size, setup->gate_physical, KS_VISOR_PAGE) &&
	       !ks_overlap(physical, size, setup->world_physical, KS_VISOR_PAGE) &&
	       !ks_overlap(physical, size, setup->cpu_physical, KS_VISOR_PAGE);
}

/* Where the text at `address` can be read, if the domain can execute it. */
static const unsigned char *ks_text_at(struct ks_visor *visor, struct ks_visor_domain *domain,
				       ks_u64 address)
{
	ks_u64 *leaf = ks_tables_entry(visor, &domain->map, address, PT_LINK);

	if (!leaf || !*leaf || *leaf & PT_NO_EXECUTE)
		return NULL;
	return (const unsigned char *)ks_visor_os_virtual(*leaf & KS_ADDRESS) +
	       address % KS_VISOR_PAGE;
}

static bool ks_text_refused(const unsigned char *text, ks_u64 size, ks_u64 address)
{
	ks_u64 at = ks_scan(text, size, &ks_refused.instruction);

	ks_refused.address = address + at;
	return at < size;
}

/* What an instruction across the edge at `address` would be made of, if both sides are text. */
static bool ks_edge_refused(const unsigned char *before, const unsigned char *after, ks_u64 address)
{
	unsigned char edge[4];

	if (!before || !after)
		return false;
	edge[0] = before[0];
	edge[1] = before[1];
	edge[2] = after[0];
	edge[3] = after[1];
	return ks_text_refused(edge, sizeof(edge), address - 2);
}

/* The new text, and where it meets text that is there. */
static bool ks_new_text_refused(struct ks_visor *visor, struct ks_visor_domain *domain,
				ks_u64 address, ks_u64 physical, ks_u64 size)
{
	const unsigned char *text = ks_visor_os_virtual(physical);

	return ks_text_refused(text, size, address) ||
	       ks_edge_refused(ks_text_at(visor, domain, address - 2), text, address) ||
	       ks_edge_refused(text + size - 2, ks_text_at(visor, domain, address + size),
			       address + size);
}

/* Whether the page can be mapped; tables are there for it then. */
static int ks_page_check(struct ks_visor *visor, struct ks_visor_domain *domain, ks_u64 address,
			 ks_u64 physical, ks_u32 rights)
{
	ks_u64 *leaf = ks_tables_entry(visor, &domain->map, address, PT_LINK);
	ks_u64 *frame = ks_tables_entry(visor, &domain->ept, physical, EPT_RIGHTS);

	if (!leaf || !frame)
		return -ENOMEM;
	if (*leaf)
		return -EEXIST;
	/* A frame has one set of rights, at whichever addresses. */
	if (*frame && *frame != (physical | EPT_WRITE_BACK | rights))
		return -EINVAL;
	return 0;
}

static void ks_page_map(struct ks_visor *visor, struct ks_visor_domain *domain, ks_u64 address,
			ks_u64 physical, ks_u32 rights)
{
	*ks_tables_entry(visor, &domain->ept, physical, EPT_RIGHTS) = physical | EPT_WRITE_BACK |
								      rights;
	*ks_tables_entry(visor, &domain->map, address, PT_LINK) =
		physical | PT_LEAF | (rights & KS_VISOR_WRITE ? PT_WRITE : 0) |
		(rights & KS_VISOR_EXECUTE ? 0 : PT_NO_EXECUTE);
}

/* All of it or nothing. */
int ks_visor_domain_map(struct ks_visor *visor, int index, ks_u64 address, ks_u64 physical,
			ks_u64 pages, ks_u32 rights)
{
	struct ks_visor_domain *domain = ks_visor_domain_at(visor, index);
	ks_u64 size = pages * KS_VISOR_PAGE, at;
	int error = 0;

	if (!domain || domain->sealed || !ks_map_sane(visor, address, physical, pages, rights))
		return -EINVAL;
	if (rights & KS_VISOR_EXECUTE &&
	    ks_new_text_refused(visor, domain, address, physical, size))
		return -EKEYREJECTED;
	for (at = 0; at < size && !error; at += KS_VISOR_PAGE)
		error = ks_page_check(visor, domain, address + at, physical + at, rights);
	for (at = 0; at < size && !error; at += KS_VISOR_PAGE)
		ks_page_map(visor, domain, address + at, physical + at, rights);
	return error;
}

/* A frame of the visor's or the kernel's that the domain sees at `address`; rights 0: at no frame. */
static bool ks_page_add(struct ks_visor *visor, struct ks_visor_domain *domain, const void *address,
			ks_u64 physical, ks_u64 frame, ks_u32 rights)
{
	ks_u64 *leaf = ks_tables_entry(visor, &domain->map, (ks_u64)address, PT_LINK);
	ks_u64 *shown = ks_tables_entry(visor, &domain->ept, physical, EPT_RIGHTS);

	if (!leaf || !shown || *leaf || *shown)
		return false;
	*leaf = physical | PT_LEAF | (rights & KS_VISOR_EXECUTE ? 0 : PT_NO_EXECUTE);
	if (rights)
		*shown = frame | EPT_WRITE_BACK | rights;
	return true;
}

/*
 * The table of interrupts is at its address, but its frame is not there: whatever is delivered
 * in a domain exits, and the exit says what it was (SDM 29.3.3.2).
 */
int ks_visor_domain_seal(struct ks_visor *visor, int index, ks_u64 token)
{
	struct ks_visor_domain *domain = ks_visor_domain_at(visor, index);
	const struct ks_visor_setup *setup = &visor->setup;
	ks_u64 idt = ks_vmread(VMCS_GUEST_IDT_BASE) & ~(KS_VISOR_PAGE - 1);

	if (!domain || domain->sealed || !token)
		return -EINVAL;
	domain->world[0] = token;
	if (!ks_page_add(visor, domain, ks_gate_page, setup->gate_physical, setup->gate_physical,
			 KS_VISOR_EXECUTE) ||
	    !ks_page_add(visor, domain, ks_gate_world, setup->world_physical,
			 ks_pool_physical(domain->world), KS_VISOR_READ) ||
	    !ks_page_add(visor, domain, (void *)idt, setup->pool_physical, 0, 0) ||
	    !ks_tables_show(visor, &domain->map, &domain->ept))
		return -ENOMEM;
	domain->sealed = true;
	ks_visor_domain_enable(visor, index, ks_eptp(&domain->ept));
	return 0;
}

void ks_visor_domain_enable(struct ks_visor *visor, int index, ks_u64 eptp)
{
	unsigned int i;

	for (i = 0; i < KS_VISOR_CPUS; i++)
		if (visor->cpus[i])
			__atomic_store_n(&visor->cpus[i]->eptp_list[index], eptp, __ATOMIC_RELAXED);
}

int ks_visor_domain_destroy(struct ks_visor *visor, int index)
{
	struct ks_visor_domain *domain = ks_visor_domain_at(visor, index);

	if (!domain)
		return -EINVAL;
	ks_visor_domain_enable(visor, index, 0);
	ks_visor_domain_clear(visor, domain);
	return 0;
}

/* When all places are taken, the oldest goes; it comes back if it is used again. */
bool ks_visor_domain_show_root(struct ks_visor *visor, struct ks_visor_domain *domain, ks_u64 root)
{
	ks_u64 *shown = ks_tables_entry(visor, &domain->ept, root, EPT_RIGHTS);
	ks_u64 wanted = ks_pool_physical(domain->map.root) | EPT_WRITE_BACK | EPT_READ;
	ks_u64 *oldest;

	if (!shown)
		return false;
	/* Another processor may have been first. */
	if (*shown)
		return *shown == wanted;
	if (domain->root_count == KS_ROOTS_MAX) {
		oldest = ks_tables_entry(visor, &domain->ept, domain->roots[domain->root_next],
					 EPT_RIGHTS);
		*oldest = 0;
		ks_invept_all();
	} else {
		domain->root_count++;
	}
	domain->roots[domain->root_next] = root;
	domain->root_next = (domain->root_next + 1) % KS_ROOTS_MAX;
	*shown = wanted;
	return true;
}
