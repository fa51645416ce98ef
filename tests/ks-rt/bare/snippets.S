/* SPDX-License-Identifier: MIT */
/*
 * What a hostile domain tries: each piece is copied to a page of its own and
 * called with up to three arguments. A piece that gets through returns 0.
 */
#include "ks-rt/visor/gate.h"
#include "tests/ks-rt/bare/snippets.h"

	.macro SNIPPET name
	.globl snippet_\name, snippet_\name\()_end
	.balign 16
snippet_\name:
	.endm

	.macro DONE name
	xorl %eax, %eax
	ret
snippet_\name\()_end:
	.endm

	/* One instruction. */
	.macro ONE name, instruction:vararg
	SNIPPET \name
	\instruction
	DONE \name
	.endm

	.section .rodata.snippets, "a"

	/* Memory: %rdi is the address. */
	ONE read, movq (%rdi), %rax
SNIPPET load
	movq (%rdi), %rax
	ret
snippet_load_end:
	ONE write, movq %rsi, (%rdi)
	ONE jump, jmp *%rdi
	ONE exchange, xchgq %rsi, (%rdi)

	/* A stack that is not there, or goes on for ever. */
SNIPPET push_at
	movq %rdi, %rsp
	pushq $0
	DONE push_at
SNIPPET overflow
	leaq (%rip), %rax
	pushq %rax
	jmp *%rax
	DONE overflow

	/* Ports, MSRs, debug registers: %rdi says which, %rsi is the value. */
SNIPPET port_write
	movl %edi, %edx
	movl %esi, %eax
	outb %al, %dx
	DONE port_write
SNIPPET port_read
	movl %edi, %edx
	inb %dx, %al
	DONE port_read
SNIPPET port_string
	movl %edi, %edx
	movq %rsp, %rsi
	outsb
	DONE port_string
SNIPPET msr_read
	movl %edi, %ecx
	rdmsr
	DONE msr_read
SNIPPET msr_write
	movl %edi, %ecx
	movl %esi, %eax
	movq %rsi, %rdx
	shrq $32, %rdx
	wrmsr
	DONE msr_write
	ONE debug_write, movq %rdi, %dr7
	ONE debug_address_write, movq %rdi, %dr0
	ONE debug_read, movq %dr7, %rax

	/* Tables and control: %rdi is an address or a selector. */
SNIPPET gdt_load
	pushq %rdi
	pushq $0
	lgdt 6(%rsp)
	addq $16, %rsp
	DONE gdt_load
SNIPPET idt_load
	pushq %rdi
	pushq $0
	lidt 6(%rsp)
	addq $16, %rsp
	DONE idt_load
SNIPPET gdt_store
	subq $16, %rsp
	sgdt (%rsp)
	addq $16, %rsp
	DONE gdt_store
SNIPPET idt_store
	subq $16, %rsp
	sidt (%rsp)
	addq $16, %rsp
	DONE idt_store
	ONE ldt_store, sldt %ax
	ONE task_store, str %ax
	ONE selector_rights, larl %edi, %eax
	ONE selector_limit, lsll %edi, %eax
	ONE selector_verify, verr %di
	ONE ldt_load, lldt %di
	ONE task_load, ltr %di
	ONE task_switched, clts
SNIPPET status_load
	smsw %ax
	xorl $8, %eax
	lmsw %ax
	DONE status_load
	ONE page_fault_address_write, movq %rdi, %cr2
	ONE cache_drop, invd
SNIPPET extended_state
	xorl %ecx, %ecx
	xorl %edx, %edx
	movl $3, %eax
	xsetbv
	DONE extended_state
	ONE halt, hlt
SNIPPET halt_without_interrupts
	cli
	hlt
	DONE halt_without_interrupts
SNIPPET halt_with_interrupts
	sti
	hlt
	DONE halt_with_interrupts

	/* Exceptions and gates. */
	ONE undefined, ud2
SNIPPET undefined_amid_registers /* 0 if each is as it was */
	.set value, 0x5eed0000
	.irp register, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15
	movq $value, %\register
	.set value, value + 1
	.endr
	movq %rsp, %rax
	stc
	ud2
	sbbq $-1, %rax
	subq %rsp, %rax
	.set value, 0x5eed0000
	.irp register, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15
	subq $value, %\register
	orq %\register, %rax
	.set value, value + 1
	.endr
	ret
snippet_undefined_amid_registers_end:
SNIPPET undefined_often /* %rdi times */
1:	ud2
	decq %rdi
	jnz 1b
	DONE undefined_often
SNIPPET loop_undefined
1:	ud2
	jmp 1b
	DONE loop_undefined
	ONE interrupt_undefined, int $6
SNIPPET divide
	xorl %edx, %edx
	xorl %ecx, %ecx
	divl %ecx
	DONE divide
	ONE breakpoint, int3
	ONE debug_trap, .byte 0xf1
	ONE interrupt_timer, int $0x40
	ONE interrupt_double, int $8
	ONE interrupt_nmi, int $2
	ONE system_call, syscall
	ONE system_enter, sysenter
SNIPPET system_return
	movq %rdi, %rcx
	movq $0x202, %r11
	sysretq
	DONE system_return
	ONE system_exit, sysexitq
SNIPPET interrupt_return /* to %rdi with selectors %rsi and %rdx */
	movq %rsp, %rax
	pushq %rdx
	pushq %rax
	pushq $2
	pushq %rsi
	pushq %rdi
	iretq
	DONE interrupt_return
SNIPPET far_return
	pushq %rsi
	pushq %rdi
	lretq
	DONE far_return
SNIPPET far_call
	pushq %rsi
	pushq %rdi
	rex.W lcall *(%rsp)
	DONE far_call

	/* Virtualisation. */
SNIPPET hypercall /* number %rdi, first argument %rsi */
	movl %edi, %eax
	movl $KS_CALL_MAGIC, %edx
	movq %rsi, %rdi
	vmcall
	DONE hypercall
	ONE vmx_off, vmxoff
SNIPPET vmx_on
	pushq $0
	vmxon (%rsp)
	addq $8, %rsp
	DONE vmx_on
SNIPPET vmx_read
	movl $0x681e, %eax
	vmread %rax, %rcx
	DONE vmx_read
SNIPPET vmx_write
	movl $0x681e, %eax
	vmwrite %rdi, %rax
	DONE vmx_write
	ONE vmx_launch, vmlaunch
	ONE vmx_resume, vmresume
SNIPPET vmx_load
	pushq $0
	vmptrld (%rsp)
	addq $8, %rsp
	DONE vmx_load
SNIPPET vmx_flush
	pushq $0
	pushq $0
	movl $2, %eax
	invept (%rsp), %rax
	addq $16, %rsp
	DONE vmx_flush
SNIPPET vmx_flush_tags
	pushq $0
	pushq $0
	movl $2, %eax
	invvpid (%rsp), %rax
	addq $16, %rsp
	DONE vmx_flush_tags
	ONE processor_id, xorl %eax, %eax; cpuid
	ONE resume_from_management, rsm

	/* Extended state: %rdi is an area of zeros. */
	.macro KEYS_RESET
	movl $0x200, %eax
	xorl %edx, %edx
	xrstor (%rdi)
	.endm
	ONE keys_reset, KEYS_RESET
SNIPPET keys_reset_then_read /* %rsi */
	KEYS_RESET
	movq (%rsi), %rax
	DONE keys_reset_then_read
SNIPPET keys_reset_then_trap
	KEYS_RESET
	ud2
	DONE keys_reset_then_trap
SNIPPET keys_reset_then_call
	KEYS_RESET
	movabsq $domain_leave_for, %rax
	subq $8, %rsp
	call *%rax
	addq $8, %rsp
	DONE keys_reset_then_call
SNIPPET trap_then_vector
	ud2
	movq %xmm5, %rax
	ret
snippet_trap_then_vector_end:

	/* State that the kernel must not get back: %rdi is a selector, or flags to set. */
	ONE ds_load, movl %edi, %ds
	ONE es_load, movl %edi, %es
	ONE ss_load, movl %edi, %ss
SNIPPET ss_load_then_fault
	movl %edi, %ss
	movq (%rsi), %rax
	DONE ss_load_then_fault
SNIPPET ss_load_then_loop /* %rsi turns */
	movl %edi, %ss
1:	decq %rsi
	jnz 1b
	DONE ss_load_then_loop
SNIPPET ss_load_far
	pushq %rdi
	pushq $0
	lss 6(%rsp), %eax
	addq $16, %rsp
	DONE ss_load_far
SNIPPET gs_load_far
	pushq %rdi
	pushq $0
	lgs 6(%rsp), %eax
	addq $16, %rsp
	DONE gs_load_far
SNIPPET gs_pop
	pushq %rdi
	popq %gs
	DONE gs_pop
	ONE fs_load, movl %edi, %fs
	ONE gs_load, movl %edi, %gs
SNIPPET flags_set
	pushfq
	orq %rdi, (%rsp)
	popfq
	DONE flags_set
SNIPPET flags_set_and_leave
	xorl %esi, %esi
	movq %rdi, %rax
	xorl %edi, %edi
	pushq %rax
	movabsq $ks_gate_leave, %rcx
	popfq
	jmp *%rcx
	DONE flags_set_and_leave
SNIPPET flags_set_and_call
	pushfq
	orq %rdi, (%rsp)
	popfq
	movabsq $domain_leave_for, %rax
	subq $8, %rsp
	call *%rax
	addq $8, %rsp
	DONE flags_set_and_call
SNIPPET leave_with /* %edi for the protocol, %rsi, %rdx: %rdi, %rsi, %rdx */
	movabsq $ks_gate_leave, %rcx
	jmp *%rcx
	DONE leave_with
SNIPPET leave_from_stack
	movq %rdi, %rsp
	xorl %edi, %edi
	xorl %esi, %esi
	movabsq $ks_gate_leave, %rcx
	jmp *%rcx
	DONE leave_from_stack

	/* Every register as the kernel's half of the test says, in the message page. */
SNIPPET forge
	movabsq $FORGED, %r15
	pushq FORGED_FLAGS(%r15)
	movq FORGED_RCX(%r15), %rcx
	movq FORGED_RDX(%r15), %rdx
	movq FORGED_RSI(%r15), %rsi
	movq FORGED_RDI(%r15), %rdi
	movq FORGED_R8(%r15), %r8
	movq FORGED_R9(%r15), %r9
	movq FORGED_R10(%r15), %r10
	movq FORGED_R11(%r15), %r11
	movq FORGED_RAX(%r15), %rax
	movq FORGED_RBX(%r15), %rbx
	movq FORGED_TARGET(%r15), %r14
	popfq
	movq FORGED_RSP(%r15), %rsp
	jmp *%r14
	DONE forge

	/* What is the processor's, and may be asked or told of at will. */
SNIPPET control_read
	movq %cr0, %rax
	movq %cr2, %rax
	movq %cr3, %rax
	movq %cr4, %rax
	movq %cr8, %rax
	smsw %ax
	DONE control_read
	ONE translation_drop, invlpg (%rdi)
SNIPPET translations_drop /* all, by kind %rdi */
	pushq $0
	pushq $0
	invpcid (%rsp), %rdi
	addq $16, %rsp
	DONE translations_drop
	ONE caches_write_back, wbinvd
	ONE prefetch, prefetcht0 (%rdi)
	ONE line_flush, clflush (%rdi)
SNIPPET watch
	movq %rdi, %rax
	xorl %ecx, %ecx
	xorl %edx, %edx
	monitor
	DONE watch
SNIPPET interrupt_return_nested /* with NT: to a task that there is none of */
	pushfq
	orq $0x4000, (%rsp)
	popfq
	iretq
	DONE interrupt_return_nested

	/* Time. */
SNIPPET loop
	jmp .
	DONE loop
SNIPPET loop_without_interrupts
	cli
	jmp .
	DONE loop_without_interrupts
SNIPPET loop_with_interrupts
	sti
	jmp .
	DONE loop_with_interrupts
SNIPPET loop_halting
1:	hlt
	jmp 1b
	DONE loop_halting
SNIPPET spin_then_read /* %rsi turns of two instructions, then as `read` */
1:	decq %rsi
	jnz 1b
	movq (%rdi), %rax
	DONE spin_then_read

	/* In user mode: what goes through ends in a division by zero. */
	.macro USER_DONE name
	xorl %edx, %edx
	xorl %ecx, %ecx
	divl %ecx
	DONE \name
	.endm
SNIPPET user_view /* %rdi */
	movl %edi, %ecx
	xorl %eax, %eax
	.byte 0x0f, 0x01, 0xd4
	USER_DONE user_view
SNIPPET user_hypercall
	movl %edi, %eax
	movl $KS_CALL_MAGIC, %edx
	movq %rsi, %rdi
	vmcall
	USER_DONE user_hypercall
SNIPPET user_port
	movl %edi, %edx
	outb %al, %dx
	USER_DONE user_port
SNIPPET user_table
	sgdt -32(%rdi)
	USER_DONE user_table
SNIPPET user_processor
	movl $1, %eax
	cpuid
	USER_DONE user_processor
