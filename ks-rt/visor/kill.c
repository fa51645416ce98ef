// SPDX-License-Identifier: Dual MIT/GPL
/* What ends a domain, and what the kernel is told of it. */
#include "ks-rt/visor/state.h"

int ks_view_now(struct ks_visor_cpu *cpu)
{
	ks_u64 eptp = ks_vmread(VMCS_EPT);
	int index;

	if (eptp == cpu->eptp_list[0])
		return 0;
	for (index = 1; index <= KS_VISOR_DOMAINS; index++) {
		const struct ks_visor_domain *domain = &cpu->visor->domains[index];

		if (domain->used && ks_eptp(&domain->ept) == eptp)
			return index;
	}
	return -1;
}

void ks_visor_domain_end(struct ks_visor *visor, struct ks_visor_cpu *cpu, int index,
			 const struct ks_visor_fault *fault)
{
	struct ks_visor_domain *domain = ks_visor_domain_at(visor, index);

	if (!domain || domain->fault.reason)
		return;
	domain->fault = *fault;
	cpu->statistics.kills++;
	ks_visor_domain_enable(visor, index, 0);
}

void ks_crossing_end(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	ks_continue(cpu, registers, (ks_u64)ks_gate_dead, cpu->own_page->frame);
}

struct ks_gate *ks_gate_now(struct ks_visor_cpu *cpu)
{
	return ((const struct ks_gate_frame *)cpu->own_page->frame)->gate;
}

/*
 * It is the domain whose crossing this is that has done it, in whichever view: another domain's
 * view it can only have reached by itself.
 */
void ks_fault(struct ks_visor_cpu *cpu, struct ks_registers *registers,
	      const struct ks_visor_fault *fault)
{
	ks_visor_lock(cpu->visor);
	ks_visor_domain_end(cpu->visor, cpu, (int)ks_gate_now(cpu)->index, fault);
	ks_visor_unlock(cpu->visor);
	ks_crossing_end(cpu, registers);
}

/* A fault of which the exit says all there is to know. */
void ks_fault_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 reason,
		   ks_u32 detail)
{
	struct ks_visor_fault fault = {
		.reason = reason,
		.detail = detail,
		.rip = ks_vmread(VMCS_GUEST_RIP),
		.rsp = ks_vmread(VMCS_GUEST_RSP),
	};
	ks_u64 vectoring = ks_vmread(VMCS_VECTORING);
	ks_u64 event = ks_vmread(VMCS_EVENT);

	if (reason == KS_FAULT_EXCEPTION) {
		bool delivered = vectoring >> 31 & 1;

		fault.vector = (delivered ? vectoring : event) & 0xff;
		fault.error = delivered && vectoring >> 11 & 1 ? ks_vmread(VMCS_VECTORING_ERROR) :
								 0;
		if (fault.vector == 14)
			fault.address = KS_READ_CR(2);
	} else if (reason == KS_FAULT_MEMORY) {
		fault.address = ks_vmread(VMCS_LINEAR);
		fault.physical = ks_vmread(VMCS_PHYSICAL);
		fault.access = ks_vmread(VMCS_QUALIFICATION) & 7;
	}
	ks_fault(cpu, registers, &fault);
}
