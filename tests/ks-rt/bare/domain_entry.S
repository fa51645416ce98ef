/* SPDX-License-Identifier: MIT */
/* In domains: what C cannot say. */
#include "ks-rt/visor/gate.h"
#include "tests/ks-rt/bare/layout.h"

	.text
/*
 * uint64_t domain_leave_for(uint64_t request)
 *
 * The kernel continues at domain_resume(answer), as a call on the stack that %rdx names.
 */
	.globl domain_leave_for, domain_resume
domain_leave_for:
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rdi, %rsi
	movq %rsp, %rdx
	movl $KS_LEAVE_CALL, %edi
	jmp ks_gate_leave
domain_resume:
	addq $8, %rsp
	movq %rdi, %rax
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbp
	popq %rbx
	ret

	.globl domain_registers
domain_registers:
	pushq %rax
	movabsq $(DOMAIN_MESSAGE + MESSAGE_REGISTERS), %rax
	movq %rcx, 1 * 8(%rax)
	movq %rdx, 2 * 8(%rax)
	movq %rbx, 3 * 8(%rax)
	movq %rsp, 4 * 8(%rax)
	movq %rbp, 5 * 8(%rax)
	movq %rsi, 6 * 8(%rax)
	movq %rdi, 7 * 8(%rax)
	movq %r8, 8 * 8(%rax)
	movq %r9, 9 * 8(%rax)
	movq %r10, 10 * 8(%rax)
	movq %r11, 11 * 8(%rax)
	movq %r12, 12 * 8(%rax)
	movq %r13, 13 * 8(%rax)
	movq %r14, 14 * 8(%rax)
	movq %r15, 15 * 8(%rax)
	pushfq
	popq MESSAGE_FLAGS - MESSAGE_REGISTERS(%rax)
	popq (%rax)
	/* As spoilt as they can be: the kernel must not see these. */
	.irp register, rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
	movabsq $0xd00dfeedd00dfeed, %\register
	.endr
	ret

	.globl domain_spin
domain_spin:
	leaq (%rdi, %rdi, 2), %rax
1:	decq %rdi
	jnz 1b
	ret
