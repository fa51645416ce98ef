// SPDX-License-Identifier: MIT
/* A domain runs instructions that are the kernel's, and comes back with state that is not. */
#include "tests/ks-rt/bare/attack.h"

#define USER 3

CONTAINED(writing_a_port, port_write, 0xe9, '\n', 0, PRIVILEGED(EXIT_IO))
CONTAINED(writing_the_shutdown_port, port_write, 0x8900, 'S', 0, PRIVILEGED(EXIT_IO))
CONTAINED(reading_a_port, port_read, 0x3f8, 0, 0, PRIVILEGED(EXIT_IO))
CONTAINED(writing_a_string_to_a_port, port_string, 0xe9, 0, 0, PRIVILEGED(EXIT_IO))

CONTAINED(writing_lstar, msr_write, MSR_LSTAR, 0x1234, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_star, msr_write, MSR_STAR, 0x1234, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_efer, msr_write, MSR_EFER, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_fs_base, msr_write, MSR_FS_BASE, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_gs_base, msr_write, MSR_GS_BASE, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_kernel_gs_base, msr_write, MSR_KERNEL_GS_BASE, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_the_apic_base, msr_write, MSR_APIC_BASE, 0xfee00000, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_sysenter_eip, msr_write, MSR_SYSENTER_EIP, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_the_tsc, msr_write, 0x10, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_pat, msr_write, 0x277, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_debugctl, msr_write, 0x1d9, 1, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_x2apic_priority, msr_write, 0x808, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_x2apic_command, msr_write, 0x830, 0x4500, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(writing_an_msr_that_is_none, msr_write, 0x40000000, 0, 0, PRIVILEGED(EXIT_WRMSR))
CONTAINED(reading_lstar, msr_read, MSR_LSTAR, 0, 0, PRIVILEGED(EXIT_RDMSR))
CONTAINED(reading_efer, msr_read, MSR_EFER, 0, 0, PRIVILEGED(EXIT_RDMSR))
CONTAINED(reading_vmx_capabilities, msr_read, 0x480, 0, 0, PRIVILEGED(EXIT_RDMSR))
CONTAINED(reading_an_msr_that_is_none, msr_read, 0x40000000, 0, 0, PRIVILEGED(EXIT_RDMSR))

CONTAINED(writing_dr7, debug_write, 0x2400, 0, 0, PRIVILEGED(EXIT_DR))
CONTAINED(writing_dr0, debug_address_write, ks_gate_page, 0, 0, PRIVILEGED(EXIT_DR))
CONTAINED(reading_dr7, debug_read, 0, 0, 0, PRIVILEGED(EXIT_DR))
CONTAINED(loading_gdtr, gdt_load, DOMAIN_MESSAGE, 0, 0, PRIVILEGED(EXIT_GDT_IDT))
CONTAINED(loading_idtr, idt_load, DOMAIN_MESSAGE, 0, 0, PRIVILEGED(EXIT_GDT_IDT))
CONTAINED(storing_gdtr, gdt_store, 0, 0, 0, PRIVILEGED(EXIT_GDT_IDT))
CONTAINED(storing_idtr, idt_store, 0, 0, 0, PRIVILEGED(EXIT_GDT_IDT))
CONTAINED(storing_ldtr, ldt_store, 0, 0, 0, PRIVILEGED(EXIT_LDT_TR))
CONTAINED(storing_tr, task_store, 0, 0, 0, PRIVILEGED(EXIT_LDT_TR))
CONTAINED(asking_for_a_selectors_rights, selector_rights, SELECTOR_CODE, 0, 0, EXCEPTION(VECTOR_PF))
CONTAINED(asking_for_a_selectors_limit, selector_limit, SELECTOR_CODE, 0, 0, EXCEPTION(VECTOR_PF))
CONTAINED(asking_whether_a_selector_reads, selector_verify, SELECTOR_CODE, 0, 0,
	  EXCEPTION(VECTOR_PF))
CONTAINED(loading_ldtr, ldt_load, SELECTOR_DATA, 0, 0, PRIVILEGED(EXIT_LDT_TR))
CONTAINED(loading_tr, task_load, SELECTOR_TSS, 0, 0, PRIVILEGED(EXIT_LDT_TR))
HARMLESS(clearing_ts_that_is_clear, task_switched, 0, 0, 0)
CONTAINED(loading_the_status_word, status_load, 0, 0, 0, PRIVILEGED(EXIT_CR))
CONTAINED(dropping_the_caches, cache_drop, 0, 0, 0, PRIVILEGED(EXIT_INVD))
ATTACK(setting_extended_state, extended_state, 0, 0, 0,
       .fault = { PRIVILEGED(55) }, .or_reason = KS_FAULT_EXCEPTION)
HARMLESS(reading_control_registers, control_read, 0, 0, 0)
HARMLESS(dropping_a_translation, translation_drop, &canary, 0, 0)
HARMLESS(dropping_the_gates_translation, translation_drop, ks_gate_page, 0, 0)
HARMLESS(dropping_all_translations, translations_drop, 2, 0, 0)
HARMLESS(dropping_all_but_global_translations, translations_drop, 3, 0, 0)
HARMLESS(writing_the_caches_back, caches_write_back, 0, 0, 0)
HARMLESS(prefetching_the_kernel, prefetch, &canary, 0, 0)
CONTAINED(flushing_a_line_of_the_kernel, line_flush, &canary, 0, 0, PAGE_FAULT_AT(&canary))
HARMLESS(watching_its_own_memory, watch, DOMAIN_MESSAGE, 0, 0)
CONTAINED(watching_the_kernel, watch, &canary, 0, 0, PAGE_FAULT_AT(&canary))
HARMLESS(writing_cr2, page_fault_address_write, 0x1234, 0, 0)

CONTAINED(an_undefined_instruction, undefined, 0, 0, 0, EXCEPTION(VECTOR_UD))
CONTAINED(a_division_by_zero, divide, 0, 0, 0, EXCEPTION(VECTOR_DE))
CONTAINED(a_breakpoint, breakpoint, 0, 0, 0, EXCEPTION(3))
CONTAINED(a_debug_trap, debug_trap, 0, 0, 0, EXCEPTION(1))
CONTAINED(an_interrupt_that_is_the_timers, interrupt_timer, 0, 0, 0, EXCEPTION(VECTOR_TIMER))
CONTAINED(an_interrupt_that_looks_like_a_double_fault, interrupt_double, 0, 0, 0, EXCEPTION(8))
CONTAINED(an_interrupt_that_looks_like_an_nmi, interrupt_nmi, 0, 0, 0, EXCEPTION(2))
CONTAINED(a_system_call, system_call, 0, 0, 0, PAGE_FAULT_AT(print))
CONTAINED(a_system_entry, system_enter, 0, 0, 0, EXCEPTION(VECTOR_GP))
CONTAINED(returning_to_user_mode, system_return, DOMAIN_SNIPPET, 0, 0,
	  PAGE_FAULT_AT(DOMAIN_SNIPPET))
CONTAINED(returning_to_user_mode_in_the_gate, system_return, ks_gate_page, 0, 0,
	  PAGE_FAULT_AT(ks_gate_page))
CONTAINED(exiting_to_user_mode, system_exit, 0, 0, 0, EXCEPTION(VECTOR_GP))
CONTAINED(interrupt_return_to_the_kernel, interrupt_return, print, SELECTOR_CODE, SELECTOR_DATA,
	  EXCEPTION(VECTOR_PF))
CONTAINED(interrupt_return_to_user_mode, interrupt_return, DOMAIN_SNIPPET, SELECTOR_CODE | USER,
	  SELECTOR_DATA | USER, EXCEPTION(VECTOR_PF))
CONTAINED(interrupt_return_to_nothing, interrupt_return, DOMAIN_SNIPPET, 0, 0,
	  EXCEPTION(VECTOR_GP))
CONTAINED(interrupt_return_to_another_task, interrupt_return_nested, 0, 0, 0, EXCEPTION(VECTOR_GP))
CONTAINED(a_far_return, far_return, print, SELECTOR_CODE, 0, EXCEPTION(VECTOR_PF))
CONTAINED(a_far_call, far_call, print, SELECTOR_CODE, 0, EXCEPTION(VECTOR_PF))

CONTAINED(asking_the_visor_to_stop, hypercall, KS_CALL_STOP, 0, 0, PRIVILEGED(EXIT_VMCALL))
CONTAINED(asking_the_visor_for_a_domain, hypercall, KS_CALL_CREATE, 0, 0, PRIVILEGED(EXIT_VMCALL))
CONTAINED(asking_the_visor_to_kill, hypercall, KS_CALL_KILL, 1, 0, PRIVILEGED(EXIT_VMCALL))
CONTAINED(asking_the_visor_to_resume, hypercall, KS_CALL_RESUME, DOMAIN_MESSAGE, 0,
	  PRIVILEGED(EXIT_VMCALL))
CONTAINED(leaving_vmx, vmx_off, 0, 0, 0, PRIVILEGED(EXIT_VMXOFF))
CONTAINED(entering_vmx, vmx_on, 0, 0, 0, PRIVILEGED(27))
CONTAINED(reading_the_vmcs, vmx_read, 0, 0, 0, PRIVILEGED(23))
CONTAINED(writing_the_vmcs, vmx_write, 0, 0, 0, PRIVILEGED(25))
CONTAINED(launching, vmx_launch, 0, 0, 0, PRIVILEGED(20))
CONTAINED(resuming, vmx_resume, 0, 0, 0, PRIVILEGED(24))
CONTAINED(loading_a_vmcs, vmx_load, 0, 0, 0, PRIVILEGED(21))
CONTAINED(flushing_extended_tables, vmx_flush, 0, 0, 0, PRIVILEGED(50))
CONTAINED(flushing_by_tag, vmx_flush_tags, 0, 0, 0, PRIVILEGED(53))
HARMLESS(asking_for_the_processor, processor_id, 0, 0, 0)
ATTACK(resuming_from_management_mode, resume_from_management, 0, 0, 0,
       .fault = { EXCEPTION(VECTOR_UD) }, .or_reason = KS_FAULT_PRIVILEGED)

#define CR0_TS 8ul

static uint64_t cr0_read(void)
{
	uint64_t value;

	asm volatile("movq %%cr0, %0" : "=r"(value));
	return value;
}

static void cr0_write(uint64_t value) { asm volatile("movq %0, %%cr0" : : "r"(value)); }

TEST(clearing_ts)
{
	extern const char snippet_task_switched[], snippet_task_switched_end[];
	const struct attack attack = { .fault = { PRIVILEGED(EXIT_CR) } };
	long result;

	REQUIRE(attack_prepare(CODE(task_switched)));
	cr0_write(cr0_read() | CR0_TS);
	result = domain_call(&attacker, (void *)DOMAIN_SNIPPET, 0, 0, 0);
	CHECK_EQUAL(cr0_read() & CR0_TS, CR0_TS);
	asm volatile("clts");
	CHECK_EQUAL(cr0_read() & CR0_TS, 0);
	attack_judge(&attack, result);
}

/* The GDT is the kernel's memory. */
CONTAINED(loading_ds, ds_load, SELECTOR_OTHER, 0, 0, EXCEPTION(VECTOR_PF))
CONTAINED(loading_ss, ss_load, SELECTOR_OTHER, 0, 0, EXCEPTION(VECTOR_PF))
CONTAINED(loading_gs, gs_load, SELECTOR_OTHER, 0, 0, EXCEPTION(VECTOR_PF))
CONTAINED(returning_with_null_in_ds, ds_load, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_es, es_load, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_gs, gs_load, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_another_null_in_fs, fs_load, 1, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_another_null_in_gs, gs_load, 3, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_ss, ss_load, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_ss_from_memory, ss_load_far, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_gs_from_memory, gs_load_far, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(returning_with_null_in_gs_from_its_stack, gs_pop, 0, 0, 0, .reason = KS_FAULT_STATE)
CONTAINED(faulting_with_null_in_ss, ss_load_then_fault, 0, DOMAIN_NOTHING, 0,
	  PAGE_FAULT_AT(DOMAIN_NOTHING))
/* A pause gives it the kernel's back. */
HARMLESS(looping_with_null_in_ss, ss_load_then_loop, 0, 10 * PERIOD, 0)

HARMLESS(returning_with_the_direction_flag, flags_set, FLAG_DIRECTION, 0, 0)
HARMLESS(returning_with_the_alignment_flag, flags_set, FLAG_ALIGNMENT, 0, 0)
HARMLESS(returning_with_the_nested_flag, flags_set, FLAG_NESTED, 0, 0)
HARMLESS(returning_with_all_privilege_of_ports, flags_set, 0x3000, 0, 0)
HARMLESS(returning_with_interrupts_on, flags_set, FLAG_INTERRUPTS, 0, 0)
HARMLESS(leaving_with_odd_flags, flags_set_and_leave,
	 FLAG_DIRECTION | FLAG_ALIGNMENT | FLAG_NESTED | FLAG_INTERRUPTS | 0x3002, 0, 0)
CONTAINED(single_stepping, flags_set, FLAG_TRAP, 0, 0, EXCEPTION(1))
CONTAINED(single_stepping_through_the_gate, flags_set_and_leave, FLAG_TRAP | 2, 0, 0, EXCEPTION(1))

HARMLESS(halting, halt, 0, 0, 0)
HARMLESS(halting_without_interrupts, halt_without_interrupts, 0, 0, 0)
HARMLESS(halting_with_interrupts, halt_with_interrupts, 0, 0, 0)
CONTAINED(looping, loop, 0, 0, 0, .reason = KS_FAULT_TIME)
CONTAINED(looping_without_interrupts, loop_without_interrupts, 0, 0, 0, .reason = KS_FAULT_TIME)
CONTAINED(looping_with_interrupts, loop_with_interrupts, 0, 0, 0, .reason = KS_FAULT_TIME)
CONTAINED(halting_for_ever, loop_halting, 0, 0, 0, .reason = KS_FAULT_TIME)
ATTACK(looping_while_a_timer_fires, loop, 0, 0, 0, .fault = { .reason = KS_FAULT_TIME },
       .interrupts = true)
ATTACK(looping_without_interrupts_while_a_timer_fires, loop_without_interrupts, 0, 0, 0,
       .fault = { .reason = KS_FAULT_TIME }, .interrupts = true)
