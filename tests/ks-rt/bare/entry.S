/* SPDX-License-Identifier: MIT */
/*
 * All 256 vectors: each stub pushes an error code if the processor has not,
 * and its number. What lies on the stack then is struct trap (traps.h).
 */
#include "tests/ks-rt/bare/layout.h"

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
	.irp register, rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
	pushq %\register
	.endr
	movq %rsp, %rdi
	movq %rsp, %rbp
	andq $~15, %rsp
	call trap_taken
	movq %rbp, %rsp
	.irp register, r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax
	popq %\register
	.endr
	addq $16, %rsp
	iretq

/* int context_save(struct context *): 0, and 1 when context_restore() comes back to it. */
	.globl context_save
context_save:
	movq (%rsp), %rax
	movq %rax, (%rdi)
	leaq 8(%rsp), %rax
	movq %rax, 8(%rdi)
	movq %rbx, 16(%rdi)
	movq %rbp, 24(%rdi)
	movq %r12, 32(%rdi)
	movq %r13, 40(%rdi)
	movq %r14, 48(%rdi)
	movq %r15, 56(%rdi)
	xorl %eax, %eax
	ret

/* void context_restore(struct context *) */
	.globl context_restore
context_restore:
	movq 8(%rdi), %rsp
	movq 16(%rdi), %rbx
	movq 24(%rdi), %rbp
	movq 32(%rdi), %r12
	movq 40(%rdi), %r13
	movq 48(%rdi), %r14
	movq 56(%rdi), %r15
	movl $1, %eax
	jmp *(%rdi)

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
	movq %rsp, (%rdx)
	movq %rdi, %rax
	movq %rsi, %rdi
	call *%rax
probe_caught:
	popq %rdx
	movq %rax, 8(%rdx)
	movq $0, (%rdx)
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
	movq %rbp, 8(%rsi)
	movq %r12, 16(%rsi)
	movq %r13, 24(%rsi)
	movq %r14, 32(%rsi)
	movq %r15, 40(%rsi)
	.irp register, r15, r14, r13, r12, rbp, rbx
	popq %\register
	.endr
	ret

	.globl user_run
user_run:
	movq 16(%rdi), %rax
	movq (%rdi), %rcx
	movq 8(%rdi), %rsi
	movq %rcx, %rdi
	pushq $SELECTOR_USER_DATA
	pushq $0
	pushq %rax
	pushq $SELECTOR_USER_CODE
	movabsq $USER_CODE, %rax
	pushq %rax
	iretq
