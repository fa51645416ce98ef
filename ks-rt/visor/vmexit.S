/* SPDX-License-Identifier: Dual MIT/GPL */
/* Into and out of root mode. The word at the top of a processor's stack is its ks_visor_cpu. */
#include "ks-rt/visor/gate.h"

	.text
.macro push_all
	push %r15
	push %r14
	push %r13
	push %r12
	push %r11
	push %r10
	push %r9
	push %r8
	push %rdi
	push %rsi
	push %rbp
	push %rsp
	push %rbx
	push %rdx
	push %rcx
	push %rax
.endm

.macro pop_all
	pop %rax
	pop %rcx
	pop %rdx
	pop %rbx
	add $8, %rsp
	pop %rbp
	pop %rsi
	pop %rdi
	pop %r8
	pop %r9
	pop %r10
	pop %r11
	pop %r12
	pop %r13
	pop %r14
	pop %r15
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
	mov $0x681c, %eax	/* guest RSP */
	vmwrite %rsp, %rax
	mov $0x681e, %eax	/* guest RIP */
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
	mov 128(%rsp), %rdi
	mov %rsp, %rsi
	call ks_exit
	pop_all
	vmresume
	ud2

	.globl ks_leave_root
ks_leave_root:
	mov %rsi, %rax
	mov %rdi, %rsp
	mov %rax, 32(%rsp)	/* the place of %rsp among them */
	pop_all
	mov -96(%rsp), %rsp
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
	.balign 16
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
