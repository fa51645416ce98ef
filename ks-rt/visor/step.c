// SPDX-License-Identifier: Dual MIT/GPL
/*
 * One instruction that exits because a domain must not run it, and that the
 * kernel may: the controls are opened, and the trap flag ends it with a #DB that
 * exits again. Meanwhile no interrupt is let in and every exception exits, so
 * that nothing else runs while they are open. (The monitor trap flag would do
 * the same, but not each processor that has all the rest has it.)
 */
#include "ks-rt/visor/state.h"

#define FLAG_TRAP (1ull << 8)
#define FLAG_INTERRUPTS (1ull << 9)
#define STEP_FLAGS (FLAG_TRAP | FLAG_INTERRUPTS)
#define DEBUG_STEP (1ull << 14) /* of the qualification: the trap flag was the cause */
#define VECTOR_DEBUG 1
#define VECTOR_PAGE 14

static void ks_step_controls(struct ks_visor_cpu *cpu, bool open)
{
	ks_u32 proc = cpu->proc, proc2 = cpu->proc2;

	if (open) {
		proc &= ~(PROC_IO_EXITS | PROC_DR_EXITS);
		proc2 &= ~PROC2_DESCRIPTOR_EXITS;
	}
	cpu->stepping = open;
	ks_vmwrite(VMCS_PROC, proc);
	ks_vmwrite(VMCS_PROC2, proc2);
	ks_vmwrite(VMCS_MSR_BITMAP,
		   ks_pool_physical(open ? cpu->visor->msr_open : cpu->visor->msr_closed));
	ks_vmwrite(VMCS_EXCEPTIONS, open ? ~0u : KS_EXCEPTIONS);
}

void ks_step_begin(struct ks_visor_cpu *cpu)
{
	ks_u64 flags = ks_vmread(VMCS_GUEST_FLAGS);

	cpu->step_flags = flags & STEP_FLAGS;
	ks_vmwrite(VMCS_GUEST_FLAGS, (flags & ~FLAG_INTERRUPTS) | FLAG_TRAP);
	/* Blocking by STI goes with interrupts that are on (SDM 27.3.1.5). */
	ks_vmwrite(VMCS_GUEST_BLOCKING, ks_vmread(VMCS_GUEST_BLOCKING) & ~3ull);
	ks_step_controls(cpu, true);
}

/* The controls are closed again, whatever the exit; true if there is no more to it. */
bool ks_step_end(struct ks_visor_cpu *cpu, ks_u32 reason)
{
	ks_u64 event = ks_vmread(VMCS_EVENT);
	ks_u64 cause = ks_vmread(VMCS_QUALIFICATION);

	ks_step_controls(cpu, false);
	ks_vmwrite(VMCS_GUEST_FLAGS, (ks_vmread(VMCS_GUEST_FLAGS) & ~STEP_FLAGS) | cpu->step_flags);
	if (reason != EXIT_EXCEPTION || ks_is_nmi((ks_u32)event))
		return false;
	if ((event & 0xff) == VECTOR_DEBUG)
		return cause == DEBUG_STEP && !(cpu->step_flags & FLAG_TRAP);
	/* The kernel's own fault, as it would have got it. */
	if ((event & 0xff) == VECTOR_PAGE)
		KS_WRITE_CR(2, cause);
	ks_vmwrite(VMCS_INJECT, event & 0x80000fff);
	ks_vmwrite(VMCS_INJECT_ERROR, ks_vmread(VMCS_EVENT_ERROR));
	ks_vmwrite(VMCS_INJECT_LENGTH, ks_vmread(VMCS_LENGTH));
	return true;
}
