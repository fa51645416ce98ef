// SPDX-License-Identifier: Dual MIT/GPL
/* What the kernel asks of the visor: VMCALL in view 0, and the functions that make one. */
#include "ks-rt/visor/state.h"

static ks_u64 ks_ask(ks_u64 number, ks_u64 a, ks_u64 b, ks_u64 c, ks_u64 d, ks_u64 e)
{
	register ks_u64 r8 asm("r8") = c;
	register ks_u64 r9 asm("r9") = d;
	register ks_u64 r10 asm("r10") = e;
	ks_u64 result = number;

	asm volatile("vmcall"
		     : "+a"(result)
		     : "d"(KS_CALL_MAGIC), "D"(a), "S"(b), "r"(r8), "r"(r9), "r"(r10)
		     : "memory");
	return result;
}

int ks_visor_create(void)
{
	return (int)ks_ask(KS_CALL_CREATE, 0, 0, 0, 0, 0);
}

int ks_visor_map(int domain, ks_u64 address, ks_u64 physical, ks_u64 pages, ks_u32 rights)
{
	return (int)ks_ask(KS_CALL_MAP, (ks_u64)domain, address, physical, pages, rights);
}

int ks_visor_seal(int domain, ks_u64 token)
{
	return (int)ks_ask(KS_CALL_SEAL, (ks_u64)domain, token, 0, 0, 0);
}

int ks_visor_kill(int domain)
{
	return (int)ks_ask(KS_CALL_KILL, (ks_u64)domain, 0, 0, 0, 0);
}

int ks_visor_destroy(int domain)
{
	return (int)ks_ask(KS_CALL_DESTROY, (ks_u64)domain, 0, 0, 0, 0);
}

int ks_visor_flush(void)
{
	return (int)ks_ask(KS_CALL_FLUSH, 0, 0, 0, 0, 0);
}

int ks_visor_fault(int domain, struct ks_visor_fault *fault)
{
	return (int)ks_ask(KS_CALL_FAULT, (ks_u64)domain, (ks_u64)fault, 0, 0, 0);
}

int ks_visor_statistics(struct ks_visor_statistics *statistics)
{
	return (int)ks_ask(KS_CALL_STATISTICS, (ks_u64)statistics, 0, 0, 0, 0);
}

/* ---- in root mode ---- */

static int ks_do_kill(struct ks_visor_cpu *cpu, int index)
{
	struct ks_visor_fault fault = { .reason = KS_FAULT_KILLED };

	if (!ks_visor_domain_at(cpu->visor, index))
		return -EINVAL;
	ks_visor_domain_end(cpu->visor, cpu, index, &fault);
	return 0;
}

static int ks_do_fault(struct ks_visor_cpu *cpu, int index, struct ks_visor_fault *to)
{
	struct ks_visor_domain *domain = ks_visor_domain_at(cpu->visor, index);

	if (!domain)
		return -EINVAL;
	*to = domain->fault;
	return 0;
}

/* From the gate: the domain that the crossing is in has broken the protocol. */
static int ks_do_report(struct ks_visor_cpu *cpu, int index, ks_u32 reason)
{
	struct ks_visor_fault fault = { .reason = reason };

	ks_visor_domain_end(cpu->visor, cpu, index, &fault);
	return 0;
}

static int ks_do_statistics(struct ks_visor_cpu *cpu, struct ks_visor_statistics *to)
{
	*to = cpu->statistics;
	to->pool_used = cpu->visor->page_count - cpu->visor->free_count;
	return 0;
}

/* Puts back what is not loaded by an exit as the kernel has it, and leaves. */
static void ks_do_stop(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	struct ks_descriptor_pointer gdt = { (unsigned short)ks_vmread(VMCS_GUEST_GDT_LIMIT),
					     ks_vmread(VMCS_GUEST_GDT_BASE) };
	struct ks_descriptor_pointer idt = { (unsigned short)ks_vmread(VMCS_GUEST_IDT_LIMIT),
					     ks_vmread(VMCS_GUEST_IDT_BASE) };
	ks_u64 *frame = (ks_u64 *)(cpu->stack_top - KS_VISOR_STACK_PAGES * KS_VISOR_PAGE);
	ks_u64 fs = ks_vmread(VMCS_GUEST_FS_BASE), gs = ks_vmread(VMCS_GUEST_GS_BASE);
	ks_u64 cr0 = ks_vmread(VMCS_CR0_SHADOW), cr3 = ks_vmread(VMCS_GUEST_CR3);
	ks_u64 cr4 = ks_vmread(VMCS_CR4_SHADOW), dr7 = ks_vmread(VMCS_GUEST_DR7);
	ks_u64 debug = ks_vmread(VMCS_GUEST_DEBUGCTL);
	unsigned short selectors[7]; /* in the order of the VMCS; TR is left loaded by an exit */
	unsigned int i;

	for (i = 0; i < 7; i++)
		selectors[i] = (unsigned short)ks_vmread(VMCS_GUEST_ES + 2 * i);
	frame[0] = ks_vmread(VMCS_GUEST_RIP) + ks_vmread(VMCS_LENGTH);
	frame[1] = cpu->cs;
	frame[2] = ks_vmread(VMCS_GUEST_FLAGS);
	frame[3] = ks_vmread(VMCS_GUEST_RSP);
	frame[4] = cpu->ss;
	registers->rax = 0;
	ks_taken[cpu->number] = false;
	asm volatile("vmxoff" : : : "cc", "memory");
	KS_WRITE_CR(4, cr4);
	KS_WRITE_CR(0, cr0);
	asm volatile("lgdt %0; lidt %1" : : "m"(gdt), "m"(idt));
	/* The root after CR4, whose PCID bit says what the root's low bits mean. */
	KS_WRITE_CR(3, cr3);
	asm volatile("lldt %0" : : "r"(selectors[6]));
	asm volatile("mov %0, %%es; mov %1, %%ds; mov %2, %%fs; mov %3, %%gs"
		     :
		     : "r"(selectors[0]), "r"(selectors[3]), "r"(selectors[4]), "r"(selectors[5]));
	ks_wrmsr(MSR_FS_BASE_, fs);
	ks_wrmsr(MSR_GS_BASE_, gs);
	ks_wrmsr(MSR_DEBUGCTL_, debug);
	asm volatile("mov %0, %%dr7" : : "r"(dr7));
	ks_leave_root(registers, frame);
}

static int ks_hypercall_locked(struct ks_visor_cpu *cpu, const struct ks_registers *r)
{
	struct ks_visor *visor = cpu->visor;
	int index = (int)r->rdi;

	switch ((ks_u32)r->rax) {
	case KS_CALL_CREATE:
		return ks_visor_domain_create(visor);
	case KS_CALL_MAP:
		return ks_visor_domain_map(visor, index, r->rsi, r->r8, r->r9, (ks_u32)r->r10);
	case KS_CALL_SEAL:
		return ks_visor_domain_seal(visor, index, r->rsi);
	case KS_CALL_KILL:
		return ks_do_kill(cpu, index);
	case KS_CALL_DESTROY:
		return ks_visor_domain_destroy(visor, index);
	case KS_CALL_FLUSH:
		ks_invept_all();
		return 0;
	case KS_CALL_FAULT:
		return ks_do_fault(cpu, index, (struct ks_visor_fault *)r->rsi);
	case KS_CALL_STATISTICS:
		return ks_do_statistics(cpu, (struct ks_visor_statistics *)r->rdi);
	case KS_CALL_REPORT:
		return ks_do_report(cpu, index, (ks_u32)r->rsi);
	default:
		return -EINVAL;
	}
}

void ks_hypercall(struct ks_visor_cpu *cpu, struct ks_registers *registers)
{
	ks_u32 number = (ks_u32)registers->rax;
	int error;

	if ((ks_u32)registers->rdx != KS_CALL_MAGIC ||
	    ks_vmread(VMCS_GUEST_ES_RIGHTS + 4) >> 5 & 3) {
		ks_kernel_exit(cpu, registers, EXIT_VMCALL);
		return;
	}
	if (number == KS_CALL_STOP)
		ks_do_stop(cpu, registers);
	if (number == KS_CALL_RESUME && ks_visor_resume(cpu, registers))
		return;
	ks_visor_lock(cpu->visor);
	error = ks_hypercall_locked(cpu, registers);
	ks_visor_unlock(cpu->visor);
	if (number == KS_CALL_REPORT) {
		ks_crossing_end(cpu, registers);
		return;
	}
	registers->rax = (ks_u64)(long)error;
	ks_advance();
}
