/* SPDX-License-Identifier: Dual MIT/GPL */
/* Into and out of root mode. The word at the top of a processor's stack is its ks_visor_cpu. */
#include "ks-rt/visor/registers.h"

	.text
/* At a place in struct ks_registers, which it must be. */
.macro at offset
	.if place - \offset
	.error "not where struct ks_registers has it"
	.endif
.endm

.macro push_at register, offset
	.set place, place - 8
	at \offset
	push %\register
.endm

.macro pop_at register, offset
	at \offset
	.ifc \register, rsp
	add $8, %rsp
	.else
	pop %\register
	.endif
	.set place, place + 8
.endm

.macro push_all
	.set place, KS_REGISTERS_SIZE
	push_at r15, KS_REGISTERS_R15
	push_at r14, KS_REGISTERS_R14
	push_at r13, KS_REGISTERS_R13
	push_at r12, KS_REGISTERS_R12
	push_at r11, KS_REGISTERS_R11
	push_at r10, KS_REGISTERS_R10
	push_at r9, KS_REGISTERS_R9
	push_at r8, KS_REGISTERS_R8
	push_at rdi, KS_REGISTERS_RDI
	push_at rsi, KS_REGISTERS_RSI
	push_at rbp, KS_REGISTERS_RBP
	push_at rsp, KS_REGISTERS_RSP
	push_at rbx, KS_REGISTERS_RBX
	push_at rdx, KS_REGISTERS_RDX
	push_at rcx, KS_REGISTERS_RCX
	push_at rax, KS_REGISTERS_RAX
.endm

.macro pop_all
	.set place, 0
	pop_at rax, KS_REGISTERS_RAX
	pop_at rcx, KS_REGISTERS_RCX
	pop_at rdx, KS_REGISTERS_RDX
	pop_at rbx, KS_REGISTERS_RBX
	pop_at rsp, KS_REGISTERS_RSP
	pop_at rbp, KS_REGISTERS_RBP
	pop_at rsi, KS_REGISTERS_RSI
	pop_at rdi, KS_REGISTERS_RDI
	pop_at r8, KS_REGISTERS_R8
	pop_at r9, KS_REGISTERS_R9
	pop_at r10, KS_REGISTERS_R10
	pop_at r11, KS_REGISTERS_R11
	pop_at r12, KS_REGISTERS_R12
	pop_at r13, KS_REGISTERS_R13
	pop_at r14, KS_REGISTERS_R14
	pop_at r15, KS_REGISTERS_R15
.endm

	.globl ks_vmlaunch
ks_vmlaunch:
	push %rbx
	push %rbp
	push %r12
	push %r13
	push %r14
	push %r15
	pushfq
	mov $KS_FIELD_GUEST_RSP, %eax
	vmwrite %rsp, %rax
	mov $KS_FIELD_GUEST_RIP, %eax
	lea 1f(%rip), %rcx
	vmwrite %rcx, %rax
	vmlaunch
	mov $1, %eax
	jmp 2f
1:	xor %eax, %eax
2:	popfq
	pop %r15
	pop %r14
	pop %r13
	pop %r12
	pop %rbp
	pop %rbx
	ret
	int3

	.globl ks_vmexit
ks_vmexit:
	push_all
	cld
	mov KS_REGISTERS_SIZE(%rsp), %rdi
	mov %rsp, %rsi
	call ks_exit
	pop_all
	vmresume
	ud2

	.globl ks_leave_root
ks_leave_root:
	mov %rsi, %rax
	mov %rdi, %rsp
	mov %rax, KS_REGISTERS_RSP(%rsp)
	pop_all
	mov KS_REGISTERS_RSP - KS_REGISTERS_SIZE(%rsp), %rsp
	iretq
	int3

	.globl ks_nmi_unblock
ks_nmi_unblock:
	mov %rsp, %rax
	mov %ss, %ecx
	push %rcx
	push %rax
	pushfq
	mov %cs, %ecx
	push %rcx
	lea 1f(%rip), %rcx
	push %rcx
	iretq
1:	ret
	int3

/* In root mode nothing is expected but NMI, which is kept for the kernel. Anything else is an error here. */
	.balign 16
	.globl ks_host_vectors
ks_host_vectors:
	.set vector, 0
	.rept 32
	.balign KS_HOST_VECTOR_SIZE
	.if vector == 2
	movb $1, %gs:0
	iretq
	.else
	push $vector
	jmp ks_host_stuck
	.endif
	.set vector, vector + 1
	.endr

/* The vector, and what the processor pushed, are on the stack for whoever looks. */
ks_host_stuck:
	cli
	hlt
	jmp ks_host_stuck

#ifdef __ELF__
	.section .note.GNU-stack, "", @progbits
#endif
