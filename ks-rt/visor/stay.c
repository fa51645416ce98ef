// SPDX-License-Identifier: Dual MIT/GPL
/*
 * How long a domain is stayed in. While it runs no interrupt is delivered: the
 * timer of VMX, which nothing in non-root mode can stop (SDM 26.5.1), ends each
 * period; then the kernel gets what is pending, and the domain goes on.
 */
#include "ks-rt/visor/state.h"

KS_EQUAL(KS_REGISTERS_SIZE, sizeof(((struct ks_gate_saved *)NULL)->registers));

void ks_timer_reload(struct ks_visor_cpu *cpu)
{
	unsigned int rate = ks_rdmsr(MSR_VMX_MISC) & 31;
	ks_u64 value = cpu->visor->setup.period >> rate;

	ks_vmwrite(VMCS_TIMER, value < 1 ? 1 : value > 0xffffffff ? 0xffffffff : value);
}

static void ks_segment_flat(ks_u32 offset, unsigned short selector, ks_u32 rights)
{
	ks_vmwrite(VMCS_GUEST_ES + offset, selector);
	ks_vmwrite(VMCS_GUEST_ES_RIGHTS + offset, rights);
	ks_vmwrite(VMCS_GUEST_ES_LIMIT + offset, 0xffffffff);
	ks_vmwrite(VMCS_GUEST_ES_BASE + offset, 0);
}

void ks_continue(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u64 rip, ks_u64 rsp)
{
	const struct ks_gate_frame *frame = (const struct ks_gate_frame *)cpu->own_page->frame;

	*registers = (struct ks_registers){ 0 };
	ks_vmwrite(VMCS_EPT, cpu->eptp_list[0]);
	ks_vmwrite(VMCS_GUEST_RIP, rip);
	ks_vmwrite(VMCS_GUEST_RSP, rsp);
	ks_vmwrite(VMCS_GUEST_FLAGS, 2);
	ks_vmwrite(VMCS_GUEST_BLOCKING, 0);
	ks_vmwrite(VMCS_GUEST_ACTIVITY, 0);
	ks_vmwrite(VMCS_GUEST_PENDING_DEBUG, 0);
	ks_vmwrite(VMCS_INJECT, 0);
	/* CS and SS are the first two after ES. */
	ks_segment_flat(2, cpu->cs, cpu->cs_rights);
	ks_segment_flat(4, cpu->ss, cpu->ss_rights);
	ks_vmwrite(VMCS_GUEST_FS_BASE, frame->fs_base);
	ks_vmwrite(VMCS_GUEST_GS_BASE, frame->gs_base);
}

/* Counts another period of this stay; false if there are no more. */
static bool ks_stay_longer(struct ks_visor_cpu *cpu)
{
	if (cpu->stay_entry != cpu->own_page->entries)
		cpu->stay = 0;
	cpu->stay_entry = cpu->own_page->entries;
	return ++cpu->stay <= cpu->visor->setup.budget;
}

/*
 * Leaves the domain for the kernel's `rip`. What is saved lies on the kernel's stack, where a stay that this
 * one nests in has its own.
 */
static void ks_interrupt(struct ks_visor_cpu *cpu, struct ks_registers *registers, const char *rip)
{
	ks_u64 frame = cpu->own_page->frame;
	struct ks_gate_saved *saved;

	saved = (struct ks_gate_saved *)((frame - sizeof(*saved)) & ~15ull);
	__builtin_memcpy(saved->registers, registers, sizeof(saved->registers));
	saved->registers[KS_REGISTERS_RSP / 8] = ks_vmread(VMCS_GUEST_RSP);
	saved->rip = ks_vmread(VMCS_GUEST_RIP);
	saved->flags = ks_vmread(VMCS_GUEST_FLAGS);
	saved->index = (ks_u64)ks_view_now(cpu);
	saved->stay = cpu->stay;
	ks_continue(cpu, registers, (ks_u64)rip, (ks_u64)saved);
	registers->rdi = (ks_u64)saved;
	registers->rsi = frame;
}

void ks_pause(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 event)
{
	cpu->statistics.pauses++;
	ks_interrupt(cpu, registers, ks_gate_pause);
	if (!event)
		return;
	/* An external interrupt can only be injected where interrupts are on (SDM 27.3.1.4). */
	if (!(event >> 8 & 7))
		ks_vmwrite(VMCS_GUEST_FLAGS, 0x202);
	ks_vmwrite(VMCS_INJECT, event & 0x80000fff & ~(1u << 11));
}

/* It costs a period of the stay: a domain that does nothing else comes to its end. */
bool ks_trap(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	const struct ks_gate *gate = ks_gate_now(cpu);

	if (ks_view_now(cpu) != (int)gate->index || !gate->trap)
		return false;
	if (ks_stay_longer(cpu))
		ks_interrupt(cpu, registers, ks_gate_trap);
	else
		ks_fault_exit(cpu, registers, KS_FAULT_TIME, 0);
	return true;
}

bool ks_visor_resume(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	const struct ks_gate_saved *saved = (const struct ks_gate_saved *)registers->rdi;
	struct ks_visor_domain *domain = ks_visor_domain_at(cpu->visor, (int)saved->index);

	if (!domain || !domain->sealed || domain->fault.reason || !cpu->own_page->frame)
		return false;
	cpu->stay = saved->stay;
	cpu->stay_entry = cpu->own_page->entries;
	ks_vmwrite(VMCS_EPT, ks_eptp(&domain->ept));
	ks_vmwrite(VMCS_GUEST_RIP, saved->rip);
	ks_vmwrite(VMCS_GUEST_RSP, saved->registers[KS_REGISTERS_RSP / 8]);
	ks_vmwrite(VMCS_GUEST_FLAGS, saved->flags);
	__builtin_memcpy(registers, saved->registers, sizeof(saved->registers));
	return true;
}

void ks_tick(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	int view = ks_view_now(cpu);
	struct ks_visor_domain *domain = ks_visor_domain_at(cpu->visor, view);

	ks_timer_reload(cpu);
	if (!view)
		return;
	if (!domain || domain->fault.reason)
		ks_fault_exit(cpu, registers, KS_FAULT_KILLED, 0);
	else if (!ks_stay_longer(cpu))
		ks_fault_exit(cpu, registers, KS_FAULT_TIME, 0);
	else
		ks_pause(cpu, registers, 0);
}
