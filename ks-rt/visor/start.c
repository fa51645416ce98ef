// SPDX-License-Identifier: Dual MIT/GPL
/* Making the visor, and taking a processor: its VMCS describes what it does at that moment. */
#include "ks-rt/visor/state.h"

bool ks_taken[KS_VISOR_CPUS];

/* MSRs that a domain may read, because the kernel reads them often and they tell nothing. */
/* clang-format off */
static const ks_u32 ks_readable[] = { 0x10 /* TSC */, 0xe7, 0xe8 /* frequency, read at each tick */,
				      MSR_FS_BASE_, MSR_GS_BASE_, MSR_KERNEL_GS_BASE_ };
/* clang-format on */

static void ks_bitmap_close(ks_u64 *bitmap)
{
	unsigned char *bytes = (unsigned char *)bitmap;
	unsigned int i;

	for (i = 0; i < 512; i++)
		bitmap[i] = ~0ull;
	/* Reads of the low range, then of the high one, 1024 bytes each; then writes. */
	for (i = 0; i < sizeof(ks_readable) / sizeof(ks_readable[0]); i++) {
		ks_u32 bit = ks_readable[i] & 0x1fff;

		bytes[(ks_readable[i] >> 31 ? 1024 : 0) + bit / 8] &=
			(unsigned char)~(1u << bit % 8);
	}
}

struct ks_visor *ks_visor_make(const struct ks_visor_setup *setup)
{
	ks_u64 first = (sizeof(struct ks_visor) + KS_VISOR_PAGE - 1) / KS_VISOR_PAGE;
	struct ks_visor *visor = setup->pool;
	ks_u64 pages = setup->pool_size / KS_VISOR_PAGE, i;

	if (pages < first + 64 || setup->pool_physical % (1ull << 21) ||
	    setup->pool_size % (1ull << 21))
		return NULL;
	__builtin_memset(visor, 0, sizeof(*visor));
	visor->setup = *setup;
	ks_visor = visor;
	for (i = pages; i > first; i--)
		ks_page_give(visor, (char *)setup->pool + (i - 1) * KS_VISOR_PAGE);
	visor->page_count = pages;
	visor->msr_closed = ks_page_take(visor);
	visor->msr_open = ks_page_take(visor);
	ks_bitmap_close(visor->msr_closed);
	return visor;
}

static ks_u32 ks_control(ks_u32 msr, ks_u32 wanted)
{
	ks_u64 can = ks_rdmsr(msr);

	return (wanted | (ks_u32)can) & (ks_u32)(can >> 32);
}

/* Pages in a row are not needed but for the stack, which the fresh pool gives. */
static unsigned char *ks_stack_take(struct ks_visor *visor)
{
	unsigned char *lowest = NULL, *page;
	unsigned int i;

	for (i = 0; i < KS_VISOR_STACK_PAGES; i++) {
		page = ks_page_take(visor);
		if (!page || (lowest && page != lowest + i * KS_VISOR_PAGE))
			return NULL;
		if (!lowest)
			lowest = page;
	}
	return lowest + KS_VISOR_STACK_PAGES * KS_VISOR_PAGE;
}

static struct ks_visor_cpu *ks_cpu_make(struct ks_visor *visor, ks_u32 number)
{
	struct ks_visor_cpu *cpu = ks_page_take(visor);
	unsigned int i;

	_Static_assert(sizeof(*cpu) <= KS_VISOR_PAGE, "one page");
	if (!cpu)
		return NULL;
	cpu->visor = visor;
	cpu->number = number;
	cpu->stack_top = ks_stack_take(visor);
	cpu->vmxon = ks_page_take(visor);
	cpu->vmcs = ks_page_take(visor);
	cpu->eptp_list = ks_page_take(visor);
	cpu->own_page = ks_page_take(visor);
	cpu->host_root = ks_page_take(visor);
	cpu->idt = ks_page_take(visor);
	if (!cpu->idt || !cpu->stack_top || !ks_ept_make_kernels(visor, cpu))
		return NULL;
	cpu->eptp_list[0] = ks_eptp(&cpu->ept);
	for (i = 1; i <= KS_VISOR_DOMAINS; i++)
		if (visor->domains[i].sealed && !visor->domains[i].fault.reason)
			cpu->eptp_list[i] = ks_eptp(&visor->domains[i].ept);
	visor->cpus[number] = cpu;
	return cpu;
}

/* Gates for exceptions, on the visor's own stack. */
static void ks_idt_fill(struct ks_visor_cpu *cpu)
{
	ks_u64 i;

	for (i = 0; i < 32; i++) {
		ks_u64 at = (ks_u64)ks_host_vectors + i * KS_HOST_VECTOR_SIZE;

		cpu->idt[2 * i] = (at & 0xffff) | (ks_u64)cpu->cs << 16 | 0x8eull << 40 |
				  (at >> 16 & 0xffff) << 48;
		cpu->idt[2 * i + 1] = at >> 32;
	}
}

static ks_u32 ks_access_rights(unsigned short selector)
{
	ks_u32 rights;

	if (!(selector & ~3))
		return 0x10000;
	asm volatile("lar %1, %0" : "=r"(rights) : "r"((ks_u32)selector));
	return rights >> 8 & 0xf0ff;
}

static ks_u64 ks_descriptor_base(const struct ks_descriptor_pointer *gdt, unsigned short selector)
{
	const ks_u64 *at = (const ks_u64 *)(gdt->base + (selector & ~7));

	return (at[0] >> 16 & 0xffffff) | (at[0] >> 56 & 0xff) << 24 | at[1] << 32;
}

static ks_u32 ks_descriptor_limit(const struct ks_descriptor_pointer *gdt, unsigned short selector)
{
	ks_u64 at = *(const ks_u64 *)(gdt->base + (selector & ~7));
	ks_u32 limit = (ks_u32)(at & 0xffff) | (ks_u32)(at >> 48 & 15) << 16;

	return at >> 55 & 1 ? limit << 12 | 0xfff : limit;
}

#define SEGMENT(name)                                                    \
	({                                                               \
		unsigned short ks_selector;                              \
		asm volatile("mov %%" #name ", %0" : "=r"(ks_selector)); \
		ks_selector;                                             \
	})

static void ks_write_segments(struct ks_visor_cpu *cpu, const struct ks_descriptor_pointer *gdt)
{
	unsigned short selectors[8] = { SEGMENT(es), SEGMENT(cs), SEGMENT(ss),
					SEGMENT(ds), SEGMENT(fs), SEGMENT(gs) };
	unsigned int i;

	asm volatile("sldt %0" : "=r"(selectors[6]));
	asm volatile("str %0" : "=r"(selectors[7]));
	for (i = 0; i < 8; i++) {
		bool system = i >= 6 && selectors[i] & ~7;
		ks_u32 rights = ks_access_rights(selectors[i]);

		ks_vmwrite(VMCS_GUEST_ES + 2 * i, selectors[i]);
		ks_vmwrite(VMCS_GUEST_ES_RIGHTS + 2 * i, rights);
		ks_vmwrite(VMCS_GUEST_ES_LIMIT + 2 * i,
			   system ? ks_descriptor_limit(gdt, selectors[i]) : 0xffffffff);
		ks_vmwrite(VMCS_GUEST_ES_BASE + 2 * i,
			   system ? ks_descriptor_base(gdt, selectors[i]) : 0);
	}
	ks_vmwrite(VMCS_GUEST_FS_BASE, ks_rdmsr(MSR_FS_BASE_));
	ks_vmwrite(VMCS_GUEST_GS_BASE, ks_rdmsr(MSR_GS_BASE_));
	cpu->cs = selectors[1];
	cpu->ss = selectors[2];
	cpu->cs_rights = ks_access_rights(selectors[1]);
	cpu->ss_rights = ks_access_rights(selectors[2]);
	ks_vmwrite(VMCS_HOST_CS, selectors[1] & ~7);
	ks_vmwrite(VMCS_HOST_SS, selectors[2] & ~7);
	ks_vmwrite(VMCS_HOST_ES, 0);
	ks_vmwrite(VMCS_HOST_DS, 0);
	ks_vmwrite(VMCS_HOST_FS, 0);
	ks_vmwrite(VMCS_HOST_GS, 0);
	ks_vmwrite(VMCS_HOST_TR, selectors[7] & ~7);
	ks_vmwrite(VMCS_HOST_TR_BASE, ks_descriptor_base(gdt, selectors[7]));
}

static void ks_write_controls(struct ks_visor_cpu *cpu)
{
	struct ks_visor *visor = cpu->visor;

	cpu->pin = ks_control(MSR_VMX_TRUE_PIN, PIN_NMI_EXITS | PIN_VIRTUAL_NMIS | PIN_TIMER);
	cpu->proc = ks_control(MSR_VMX_TRUE_PROC,
			       PROC_DR_EXITS | PROC_IO_EXITS | PROC_MSR_BITMAP | PROC_SECOND);
	/* The last three let the kernel go on using what it uses. */
	cpu->proc2 = ks_control(
		MSR_VMX_PROC2, PROC2_EPT | PROC2_VPID | PROC2_VMFUNC | PROC2_DESCRIPTOR_EXITS |
				       PROC2_RDTSCP | PROC2_INVPCID | PROC2_XSAVES | PROC2_WAITPKG);
	ks_vmwrite(VMCS_PIN, cpu->pin);
	ks_vmwrite(VMCS_PROC, cpu->proc);
	ks_vmwrite(VMCS_PROC2, cpu->proc2);
	ks_vmwrite(VMCS_EXIT,
		   ks_control(MSR_VMX_TRUE_EXIT, EXIT_HOST_64 | EXIT_SAVE_DEBUG | EXIT_SAVE_PAT |
							 EXIT_LOAD_PAT | EXIT_SAVE_EFER |
							 EXIT_LOAD_EFER | EXIT_SAVE_TIMER));
	ks_vmwrite(VMCS_ENTRY,
		   ks_control(MSR_VMX_TRUE_ENTRY, ENTRY_GUEST_64 | ENTRY_LOAD_DEBUG |
							  ENTRY_LOAD_PAT | ENTRY_LOAD_EFER));
	ks_vmwrite(VMCS_EXCEPTIONS, KS_EXCEPTIONS);
	ks_vmwrite(VMCS_PF_MASK, 0);
	ks_vmwrite(VMCS_PF_MATCH, 0);
	ks_vmwrite(VMCS_CR3_TARGETS, 0);
	ks_vmwrite(VMCS_EXIT_MSR_STORES, 0);
	ks_vmwrite(VMCS_EXIT_MSR_LOADS, 0);
	ks_vmwrite(VMCS_ENTRY_MSR_LOADS, 0);
	ks_vmwrite(VMCS_INJECT, 0);
	ks_vmwrite(VMCS_MSR_BITMAP, ks_pool_physical(visor->msr_closed));
	ks_vmwrite(VMCS_VPID, cpu->number + 1);
	ks_vmwrite(VMCS_VM_FUNCTIONS, 1);
	ks_vmwrite(VMCS_EPTP_LIST, ks_pool_physical(cpu->eptp_list));
	ks_vmwrite(VMCS_EPT, cpu->eptp_list[0]);
	if (cpu->proc2 & PROC2_XSAVES)
		ks_vmwrite(VMCS_XSS_EXITS, 0);
	ks_vmwrite(VMCS_LINK, ~0ull);
	ks_timer_reload(cpu);
}

static void ks_write_guest(const struct ks_descriptor_pointer *gdt)
{
	struct ks_descriptor_pointer idt;
	ks_u64 dr7;

	asm volatile("sidt %0" : "=m"(idt));
	asm volatile("mov %%dr7, %0" : "=r"(dr7));
	ks_vmwrite(VMCS_CR0_MASK, ~0ull);
	ks_vmwrite(VMCS_CR0_SHADOW, KS_READ_CR(0));
	ks_vmwrite(VMCS_GUEST_CR0, KS_READ_CR(0));
	/* The kernel flushes its TLB by CR4.PGE; all other bits are kept. */
	ks_vmwrite(VMCS_CR4_MASK, ~CR4_PGE);
	ks_vmwrite(VMCS_CR4_SHADOW, KS_READ_CR(4) & ~CR4_VMXE);
	ks_vmwrite(VMCS_GUEST_CR4, KS_READ_CR(4));
	ks_vmwrite(VMCS_GUEST_CR3, KS_READ_CR(3));
	ks_vmwrite(VMCS_GUEST_GDT_BASE, gdt->base);
	ks_vmwrite(VMCS_GUEST_GDT_LIMIT, gdt->limit);
	ks_vmwrite(VMCS_GUEST_IDT_BASE, idt.base);
	ks_vmwrite(VMCS_GUEST_IDT_LIMIT, idt.limit);
	ks_vmwrite(VMCS_GUEST_DR7, dr7);
	ks_vmwrite(VMCS_GUEST_FLAGS, 2);
	ks_vmwrite(VMCS_GUEST_PENDING_DEBUG, 0);
	ks_vmwrite(VMCS_GUEST_BLOCKING, 0);
	ks_vmwrite(VMCS_GUEST_ACTIVITY, 0);
	ks_vmwrite(VMCS_GUEST_DEBUGCTL, ks_rdmsr(MSR_DEBUGCTL_));
	ks_vmwrite(VMCS_GUEST_PAT, ks_rdmsr(MSR_PAT_));
	ks_vmwrite(VMCS_GUEST_EFER, ks_rdmsr(MSR_EFER_));
	ks_vmwrite(VMCS_GUEST_SYSENTER_CS, ks_rdmsr(MSR_SYSENTER_CS_));
	ks_vmwrite(VMCS_GUEST_SYSENTER_ESP, ks_rdmsr(MSR_SYSENTER_ESP_));
	ks_vmwrite(VMCS_GUEST_SYSENTER_EIP, ks_rdmsr(MSR_SYSENTER_EIP_));
}

/* In root mode the kernel's half of the addresses is what it is now; there is no other half. */
static void ks_write_host(struct ks_visor_cpu *cpu, const struct ks_descriptor_pointer *gdt)
{
	const ks_u64 *root = ks_visor_os_virtual(KS_READ_CR(3) & KS_ADDRESS);
	ks_u64 *top = (ks_u64 *)(cpu->stack_top - 16);
	unsigned int i;

	for (i = 256; i < 512; i++)
		cpu->host_root[i] = root[i];
	top[0] = (ks_u64)cpu;
	ks_idt_fill(cpu);
	ks_vmwrite(VMCS_HOST_CR0, KS_READ_CR(0));
	ks_vmwrite(VMCS_HOST_CR3, ks_pool_physical(cpu->host_root));
	ks_vmwrite(VMCS_HOST_CR4, KS_READ_CR(4) & ~CR4_PCIDE);
	ks_vmwrite(VMCS_HOST_FS_BASE, 0);
	ks_vmwrite(VMCS_HOST_GS_BASE, (ks_u64)&cpu->nmi_pending);
	ks_vmwrite(VMCS_HOST_GDT_BASE, gdt->base);
	ks_vmwrite(VMCS_HOST_IDT_BASE, (ks_u64)cpu->idt);
	ks_vmwrite(VMCS_HOST_PAT, ks_rdmsr(MSR_PAT_));
	ks_vmwrite(VMCS_HOST_EFER, ks_rdmsr(MSR_EFER_));
	ks_vmwrite(VMCS_HOST_SYSENTER_CS, ks_rdmsr(MSR_SYSENTER_CS_));
	ks_vmwrite(VMCS_HOST_SYSENTER_ESP, ks_rdmsr(MSR_SYSENTER_ESP_));
	ks_vmwrite(VMCS_HOST_SYSENTER_EIP, ks_rdmsr(MSR_SYSENTER_EIP_));
	ks_vmwrite(VMCS_HOST_RSP, (ks_u64)top);
	ks_vmwrite(VMCS_HOST_RIP, (ks_u64)ks_vmexit);
}

static bool ks_vmx_enter(struct ks_visor_cpu *cpu)
{
	ks_u64 feature = ks_rdmsr(MSR_FEATURE_CONTROL), physical;
	ks_u32 revision = (ks_u32)ks_rdmsr(MSR_VMX_BASIC) & 0x7fffffff;
	unsigned char failed;

	if (!(feature & 1))
		ks_wrmsr(MSR_FEATURE_CONTROL, feature | 5);
	*(ks_u32 *)cpu->vmxon = revision;
	*(ks_u32 *)cpu->vmcs = revision;
	KS_WRITE_CR(4, KS_READ_CR(4) | CR4_VMXE);
	physical = ks_pool_physical(cpu->vmxon);
	asm volatile("vmxon %1; setna %0" : "=q"(failed) : "m"(physical) : "cc", "memory");
	if (failed)
		return false;
	physical = ks_pool_physical(cpu->vmcs);
	asm volatile("vmclear %1; setna %0" : "=q"(failed) : "m"(physical) : "cc", "memory");
	asm volatile("vmptrld %0" : : "m"(physical) : "cc", "memory");
	return !failed;
}

int ks_visor_start(struct ks_visor *visor, ks_u32 number)
{
	struct ks_descriptor_pointer gdt;
	struct ks_visor_cpu *cpu;

	if (number >= KS_VISOR_CPUS)
		return -EINVAL;
	if (ks_taken[number])
		return -EBUSY;
	if (ks_visor_check() != KS_VISOR_CAPABLE)
		return -ENODEV;
	ks_visor_lock(visor);
	cpu = visor->cpus[number] ? visor->cpus[number] : ks_cpu_make(visor, number);
	ks_visor_unlock(visor);
	if (!cpu)
		return -ENOMEM;
	cpu->stepping = false;
	if (!ks_vmx_enter(cpu)) {
		KS_WRITE_CR(4, KS_READ_CR(4) & ~CR4_VMXE);
		return -EIO;
	}
	asm volatile("sgdt %0" : "=m"(gdt));
	ks_write_controls(cpu);
	ks_write_segments(cpu, &gdt);
	ks_write_guest(&gdt);
	ks_write_host(cpu, &gdt);
	ks_gate_keys = KS_READ_CR(4) & CR4_PKE ? 1 : 0;
	ks_taken[number] = true;
	if (!ks_vmlaunch())
		return 0;
	ks_taken[number] = false;
	asm volatile("vmxoff" : : : "cc", "memory");
	KS_WRITE_CR(4, KS_READ_CR(4) & ~CR4_VMXE);
	return -EIO;
}

int ks_visor_stop(void)
{
	register ks_u64 number asm("rax") = KS_CALL_STOP;

	if (!ks_visor)
		return -ENODEV;
	asm volatile("vmcall" : "+r"(number) : "d"(KS_CALL_MAGIC) : "memory");
	return (int)number;
}
