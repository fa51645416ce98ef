// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What the kernel does that exits because a domain must not. Most of it the
 * kernel then does for itself (step.c).
 */
#include "ks-rt/visor/state.h"

void ks_advance(void)
{
	ks_vmwrite(VMCS_GUEST_RIP, ks_vmread(VMCS_GUEST_RIP) + ks_vmread(VMCS_LENGTH));
	ks_vmwrite(VMCS_GUEST_BLOCKING, ks_vmread(VMCS_GUEST_BLOCKING) & ~3ull);
}

/* VMX is taken: nobody else is to look for it. */
void ks_cpuid_exit(struct ks_registers *registers)
{
	ks_u32 r[4];
	bool first = (ks_u32)registers->rax == 1;

	ks_cpuid((ks_u32)registers->rax, (ks_u32)registers->rcx, r);
	registers->rax = r[0];
	registers->rbx = r[1];
	registers->rcx = first ? r[2] & ~(1u << 5) : r[2];
	registers->rdx = r[3];
	ks_advance();
}

void ks_inject(ks_u32 vector, ks_u32 type, bool has_error, ks_u32 error)
{
	ks_vmwrite(VMCS_INJECT, vector | type << 8 | (ks_u32)has_error << 11 | 1u << 31);
	ks_vmwrite(VMCS_INJECT_ERROR, error);
}

static ks_u64 *ks_register(struct ks_registers *registers, unsigned int number)
{
	return &registers->rax + number;
}

/* MOV to CR0 and CR4, CLTS and LMSW change bits that the visor keeps; the shadow is what is read. */
static void ks_cr_exit(struct ks_registers *registers)
{
	ks_u64 qualification = ks_vmread(VMCS_QUALIFICATION);
	unsigned int number = qualification & 15, type = qualification >> 4 & 3;
	unsigned int source = qualification >> 8 & 15;
	ks_u64 shadow = ks_vmread(VMCS_CR0_SHADOW), value;

	if (source == 4)
		value = ks_vmread(VMCS_GUEST_RSP);
	else
		value = *ks_register(registers, source);
	if (type == 2)
		value = shadow & ~8ull;
	else if (type == 3)
		value = (shadow & ~14ull) | (qualification >> 16 & 15);
	if (type != 0 || number == 0) {
		ks_vmwrite(VMCS_CR0_SHADOW, value);
		ks_vmwrite(VMCS_GUEST_CR0,
			   (value | ks_rdmsr(MSR_VMX_CR0_FIXED0)) & ks_rdmsr(MSR_VMX_CR0_FIXED1));
	} else if (number == 4) {
		ks_vmwrite(VMCS_CR4_SHADOW, value);
		ks_vmwrite(VMCS_GUEST_CR4,
			   (value | ks_rdmsr(MSR_VMX_CR4_FIXED0)) & ks_rdmsr(MSR_VMX_CR4_FIXED1));
	}
	ks_advance();
}

/* #DB, whose cause the processor has not put into DR6 (SDM 28.2.1); or NMI. */
static void ks_event_exit(struct ks_visor_cpu *cpu)
{
	ks_u64 event = ks_vmread(VMCS_EVENT), cause, dr6;

	if (ks_is_nmi((ks_u32)event)) {
		ks_nmi_take(cpu);
		return;
	}
	cause = ks_vmread(VMCS_QUALIFICATION);
	asm volatile("mov %%dr6, %0" : "=r"(dr6));
	dr6 |= cause & 0x600full;
	asm volatile("mov %0, %%dr6" : : "r"(dr6));
	ks_vmwrite(VMCS_INJECT, event & 0x800007ff);
	ks_vmwrite(VMCS_INJECT_LENGTH, ks_vmread(VMCS_LENGTH));
}

static void ks_xsetbv(struct ks_registers *registers)
{
	asm volatile("xsetbv"
		     :
		     : "c"((ks_u32)registers->rcx), "a"((ks_u32)registers->rax),
		       "d"((ks_u32)registers->rdx));
	ks_advance();
}

/* Memory that the kernel reached for the first time, or the visor's own. */
static void ks_memory_exit(struct ks_visor_cpu *cpu)
{
	ks_u64 physical = ks_vmread(VMCS_PHYSICAL);
	ks_u32 vectoring;
	bool known;

	ks_visor_lock(cpu->visor);
	known = physical - cpu->visor->setup.pool_physical >= cpu->visor->setup.pool_size &&
		ks_ept_extend(cpu->visor, cpu, physical);
	ks_visor_unlock(cpu->visor);
	if (!known) {
		ks_inject(13, 3, true, 0);
		return;
	}
	/* What was being delivered there is delivered again. */
	vectoring = (ks_u32)ks_vmread(VMCS_VECTORING);
	ks_vmwrite(VMCS_INJECT, vectoring >> 31 ? vectoring & 0x80000fff : 0);
	ks_vmwrite(VMCS_INJECT_ERROR, ks_vmread(VMCS_VECTORING_ERROR));
	ks_vmwrite(VMCS_INJECT_LENGTH, ks_vmread(VMCS_LENGTH));
}

/* The processor shuts down, as it would have without a visor. */
void ks_shut_down(void)
{
	struct ks_descriptor_pointer none = { 0, 0 };

	asm volatile("lidt %0; ud2" : : "m"(none));
}

void ks_kernel_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 reason)
{
	bool stepped = cpu->stepping;

	if (stepped && ks_step_end(cpu, reason))
		return;
	switch (reason) {
	case EXIT_EXCEPTION:
		ks_event_exit(cpu);
		break;
	case EXIT_INVD: /* as it was meant: what is in the caches goes to memory */
		asm volatile("wbinvd" : : : "memory");
		ks_advance();
		break;
	case EXIT_CR:
		ks_cr_exit(registers);
		break;
	case EXIT_XSETBV:
		ks_xsetbv(registers);
		break;
	case EXIT_DR:
	case EXIT_IO:
	case EXIT_RDMSR:
	case EXIT_WRMSR:
	case EXIT_GDT_IDT:
	case EXIT_LDT_TR:
		/* Out of the bitmap's ranges there is no MSR, and nothing to open. */
		if (stepped)
			ks_inject(13, 3, true, 0);
		else
			ks_step_begin(cpu);
		break;
	case EXIT_EPT:
		ks_memory_exit(cpu);
		break;
	case EXIT_NMI_WINDOW: /* what opens it is done after each exit */
		break;
	case EXIT_VMFUNC: /* into a domain that is dead; else a stray one */
		if (cpu->own_page->frame)
			ks_crossing_end(cpu, registers);
		else
			ks_inject(6, 3, false, 0);
		break;
	case EXIT_TRIPLE:
		ks_shut_down();
		break;
	default: /* VMX instructions, among others */
		ks_inject(6, 3, false, 0);
	}
}
