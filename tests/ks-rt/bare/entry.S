/* SPDX-License-Identifier: MIT */
/*
 * All 256 vectors: each stub pushes an error code if the processor has not,
 * and its number. What lies on the stack then is struct trap (records.h).
 */
#include "tests/ks-rt/bare/layout.h"
#include "tests/ks-rt/bare/records.h"

/* At a place in struct trap, which it must be. */
	.macro at offset
	.if place - \offset
	.error "not where struct trap has it"
	.endif
	.endm

	.macro push_at register, offset
	.set place, place - 8
	at \offset
	pushq %\register
	.endm

	.macro pop_at register, offset
	at \offset
	popq %\register
	.set place, place + 8
	.endm

	.text
	.balign 16
	.globl trap_stubs
trap_stubs:
	.set vector, 0
	.rept 256
	.balign 16
	.if !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21)
	pushq $0
	.endif
	pushq $vector
	jmp trap_common
	.set vector, vector + 1
	.endr

trap_common:
	cld
	.set place, TRAP_VECTOR
	push_at rax, TRAP_RAX
	push_at rcx, TRAP_RCX
	push_at rdx, TRAP_RDX
	push_at rbx, TRAP_RBX
	push_at rbp, TRAP_RBP
	push_at rsi, TRAP_RSI
	push_at rdi, TRAP_RDI
	push_at r8, TRAP_R8
	push_at r9, TRAP_R9
	push_at r10, TRAP_R10
	push_at r11, TRAP_R11
	push_at r12, TRAP_R12
	push_at r13, TRAP_R13
	push_at r14, TRAP_R14
	push_at r15, TRAP_R15
	movq %rsp, %rdi
	movq %rsp, %rbp
	andq $~15, %rsp
	call trap_taken
	movq %rbp, %rsp
	.set place, 0
	pop_at r15, TRAP_R15
	pop_at r14, TRAP_R14
	pop_at r13, TRAP_R13
	pop_at r12, TRAP_R12
	pop_at r11, TRAP_R11
	pop_at r10, TRAP_R10
	pop_at r9, TRAP_R9
	pop_at r8, TRAP_R8
	pop_at rdi, TRAP_RDI
	pop_at rsi, TRAP_RSI
	pop_at rbp, TRAP_RBP
	pop_at rbx, TRAP_RBX
	pop_at rdx, TRAP_RDX
	pop_at rcx, TRAP_RCX
	pop_at rax, TRAP_RAX
	addq $16, %rsp
	iretq

/* int context_save(struct context *): 0, and 1 when context_restore() comes back to it. */
	.globl context_save
context_save:
	movq (%rsp), %rax
	movq %rax, CONTEXT_RIP(%rdi)
	leaq 8(%rsp), %rax
	movq %rax, CONTEXT_RSP(%rdi)
	movq %rbx, CONTEXT_RBX(%rdi)
	movq %rbp, CONTEXT_RBP(%rdi)
	movq %r12, CONTEXT_R12(%rdi)
	movq %r13, CONTEXT_R13(%rdi)
	movq %r14, CONTEXT_R14(%rdi)
	movq %r15, CONTEXT_R15(%rdi)
	xorl %eax, %eax
	ret

/* void context_restore(struct context *) */
	.globl context_restore
context_restore:
	movq CONTEXT_RSP(%rdi), %rsp
	movq CONTEXT_RBX(%rdi), %rbx
	movq CONTEXT_RBP(%rdi), %rbp
	movq CONTEXT_R12(%rdi), %r12
	movq CONTEXT_R13(%rdi), %r13
	movq CONTEXT_R14(%rdi), %r14
	movq CONTEXT_R15(%rdi), %r15
	movl $1, %eax
	jmp *CONTEXT_RIP(%rdi)

/*
 * void probe(unsigned long (*f)(unsigned long), unsigned long argument, struct probe *)
 *
 * f(argument), where an exception is recorded instead of failing the test: the handler goes
 * on at probe_caught with the stack pointer that is in the probe.
 */
	.globl probe_run, probe_caught
probe_run:
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	pushq %rdx
	movq %rsp, PROBE_RSP(%rdx)
	movq %rdi, %rax
	movq %rsi, %rdi
	call *%rax
probe_caught:
	popq %rdx
	movq %rax, PROBE_RESULT(%rdx)
	movq $0, PROBE_RSP(%rdx)
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbp
	popq %rbx
	ret

/*
 * long guarded_call(struct ks_gate *, uint64_t saved[6])
 *
 * ks_gate_call() with a pattern in each register that it has to keep; what they hold after it.
 */
	.globl guarded_call
guarded_call:
	.irp register, rbx, rbp, r12, r13, r14, r15
	pushq %\register
	.endr
	pushq %rsi
	movabsq $0x1111111111111111, %rax
	movq %rax, %rbx
	leaq (%rbx, %rax), %rbp
	leaq (%rbp, %rax), %r12
	leaq (%r12, %rax), %r13
	leaq (%r13, %rax), %r14
	leaq (%r14, %rax), %r15
	call ks_gate_call
	popq %rsi
	movq %rbx, (%rsi)
	movq %rbp, 1 * 8(%rsi)
	movq %r12, 2 * 8(%rsi)
	movq %r13, 3 * 8(%rsi)
	movq %r14, 4 * 8(%rsi)
	movq %r15, 5 * 8(%rsi)
	.irp register, r15, r14, r13, r12, rbp, rbx
	popq %\register
	.endr
	ret

	.globl user_run
user_run:
	movq 2 * 8(%rdi), %rax
	movq (%rdi), %rcx
	movq 1 * 8(%rdi), %rsi
	movq %rcx, %rdi
	pushq $SELECTOR_USER_DATA
	pushq $0
	pushq %rax
	pushq $SELECTOR_USER_CODE
	movabsq $USER_CODE, %rax
	pushq %rax
	iretq
