// SPDX-License-Identifier: Dual MIT/GPL
/* All exits: whose it is, and what is to be done. */
#include "ks-rt/visor/state.h"

/* The processor walks from CR3, which this domain has not been entered under before. */
static bool ks_root_exit(struct ks_visor_cpu *cpu, int view)
{
	ks_u64 root = ks_vmread(VMCS_GUEST_CR3) & KS_ADDRESS;
	struct ks_visor_domain *domain;
	bool shown = false;

	/* A walk only reads. */
	if ((ks_vmread(VMCS_PHYSICAL) & KS_ADDRESS) != root ||
	    ks_vmread(VMCS_QUALIFICATION) & EPT_WRITE)
		return false;
	ks_visor_lock(cpu->visor);
	domain = ks_visor_domain_at(cpu->visor, view);
	if (domain)
		shown = ks_visor_domain_show_root(cpu->visor, domain, root);
	ks_visor_unlock(cpu->visor);
	cpu->statistics.roots += shown;
	return shown;
}

/*
 * For the kernel. An exit by NMI leaves it blocked in root mode until an IRET there, and not each
 * processor's entries put an end to that.
 */
void ks_nmi_take(struct ks_visor_cpu *cpu)
{
	cpu->nmi_pending = true;
	ks_nmi_unblock();
}

/* Something was delivered in a domain, whose view has no table of interrupts. */
static void ks_delivery_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers,
			     ks_u32 vectoring)
{
	ks_u32 what = vectoring & 0x7ff;

	if (!(what >> 8))
		ks_pause(cpu, registers, vectoring);
	else if (what != KS_UNDEFINED_INSTRUCTION || !ks_trap(cpu, registers))
		ks_fault_exit(cpu, registers, KS_FAULT_EXCEPTION, 0);
}

static void ks_visor_domain_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers, int view,
				 ks_u32 reason)
{
	ks_u32 vectoring = (ks_u32)ks_vmread(VMCS_VECTORING);
	ks_u32 event = (ks_u32)ks_vmread(VMCS_EVENT);

	switch (reason) {
	case EXIT_CPUID:
		ks_cpuid_exit(registers);
		break;
	case EXIT_EXCEPTION:
		if (ks_is_nmi(event)) {
			ks_nmi_take(cpu);
			ks_pause(cpu, registers, 0);
		} else {
			ks_fault_exit(cpu, registers, KS_FAULT_EXCEPTION, 0);
		}
		break;
	case EXIT_EPT:
		if (vectoring >> 31)
			ks_delivery_exit(cpu, registers, vectoring);
		else if (!ks_root_exit(cpu, view))
			ks_fault_exit(cpu, registers, KS_FAULT_MEMORY, 0);
		break;
	case EXIT_VMFUNC:
		ks_fault_exit(cpu, registers, KS_FAULT_SWITCH, (ks_u32)registers->rcx);
		break;
	case EXIT_TRIPLE:
		ks_fault_exit(cpu, registers, KS_FAULT_TRIPLE, 0);
		break;
	default:
		ks_fault_exit(cpu, registers, KS_FAULT_PRIVILEGED, reason);
	}
}

/*
 * Behind VMFUNC in the gate's page and in view 0 a domain may have just come back, and the stack
 * pointer may be its own.
 */
static bool ks_in_window(struct ks_visor_cpu *cpu)
{
	ks_u64 into = ks_vmread(VMCS_GUEST_RIP) - (ks_u64)ks_gate_page;

	return cpu->own_page->frame && into && into < KS_VISOR_PAGE;
}

/*
 * NMI is delivered in the kernel's view only, and not where the kernel itself has it blocked: then
 * the processor exits as soon as it is open. In the gate's window it would use a domain's stack
 * pointer: what is left of the window is done here.
 */
static void ks_nmi_deliver(struct ks_visor_cpu *cpu)
{
	bool blocked;

	if (cpu->stepping || ks_view_now(cpu))
		return;
	blocked = cpu->nmi_pending &&
		  (ks_vmread(VMCS_INJECT) >> 31 || ks_vmread(VMCS_GUEST_BLOCKING) & 11);
	cpu->proc = blocked ? cpu->proc | PROC_NMI_WINDOW : cpu->proc & ~PROC_NMI_WINDOW;
	ks_vmwrite(VMCS_PROC, cpu->proc);
	if (!cpu->nmi_pending || blocked)
		return;
	if (ks_in_window(cpu)) {
		ks_vmwrite(VMCS_GUEST_RSP, cpu->own_page->frame);
		ks_vmwrite(VMCS_GUEST_RIP, (ks_u64)ks_gate_back);
		ks_vmwrite(VMCS_GUEST_FLAGS, 2);
	}
	cpu->nmi_pending = false;
	ks_vmwrite(VMCS_INJECT, 2u | 2u << 8 | 1u << 31);
}

/*
 * In a domain's view without a crossing: a process, or the kernel by mistake, has executed VMFUNC,
 * and got no further than its next instruction. It is as if that were undefined, but what was to
 * be delivered just then is not lost.
 */
static void ks_stray_exit(struct ks_visor_cpu *cpu, ks_u32 reason)
{
	ks_u32 event = (ks_u32)ks_vmread(reason == EXIT_EXCEPTION ? VMCS_EVENT : VMCS_VECTORING);

	ks_vmwrite(VMCS_EPT, cpu->eptp_list[0]);
	if (reason == EXIT_TIMER)
		ks_timer_reload(cpu);
	else if (ks_is_nmi(event))
		ks_nmi_take(cpu);
	else if (event >> 31 && !(event >> 8 & 7))
		ks_vmwrite(VMCS_INJECT, event & 0x800007ff);
	else
		ks_inject(6, 3, false, 0);
}

/* #DB in the window: the domain has set the trap flag. */
static bool ks_stepped_window(struct ks_visor_cpu *cpu, int view, ks_u32 reason)
{
	return !view && reason == EXIT_EXCEPTION && !ks_is_nmi((ks_u32)ks_vmread(VMCS_EVENT)) &&
	       ks_in_window(cpu);
}

void ks_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	ks_u32 whole = (ks_u32)ks_vmread(VMCS_REASON), reason = whole & 0xffff;
	int view = ks_view_now(cpu);

	/* An entry that failed: it would fail again. */
	if (whole >> 31)
		ks_shut_down();
	if (reason < KS_VISOR_EXITS)
		cpu->statistics.exits[reason]++;
	if (view && !cpu->own_page->frame)
		ks_stray_exit(cpu, reason);
	else if (reason == EXIT_TIMER)
		ks_tick(cpu, registers);
	else if (reason == EXIT_CPUID)
		ks_cpuid_exit(registers);
	else if (reason == EXIT_VMCALL && !view)
		ks_hypercall(cpu, registers);
	else if (ks_stepped_window(cpu, view, reason))
		ks_fault_exit(cpu, registers, KS_FAULT_EXCEPTION, 0);
	else if (!view)
		ks_kernel_exit(cpu, registers, reason);
	else
		ks_visor_domain_exit(cpu, registers, view, reason);
	ks_nmi_deliver(cpu);
}
