/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The gate: how a processor goes from the kernel's view of memory to a
 * domain's and back by VMFUNC, without leaving non-root mode.
 *
 * A domain runs at CPL 0, holds any values in its registers, and may jump to
 * any byte of the gate page, which it can execute but not read. What it cannot
 * do is excluded elsewhere: it has no instruction that changes CR3, CR8 or a
 * base register by value (the scan of its text), and all others that matter
 * make it exit (the visor's controls). This is why each instruction here is safe
 * to be jumped to:
 *
 *   ks_gate          VMFUNC to the view in %ecx, whichever it is. What follows
 *                    tells the kernel's view by %ecx, which VMFUNC leaves as it is.
 *   view 0           No interrupt can use the domain's stack pointer: the task
 *                    priority admits none, NMI and #DB exit to the visor.
 *                    The first thing is the kernel's stack, from memory that
 *                    no domain can write.
 *   another domain   It compares %r10 to its own token, which only the kernel
 *                    knows, and faults: the visor ends the domain whose frame
 *                    it is.
 *   behind VMFUNC    still in the domain's own view: ks_gate_world holds its
 *                    own token, so it goes on with registers of its own making
 *                    in its own view; ks_gate_cpu is not there, and faults.
 */
#include <linux/errno.h>
#include "ks-rt/visor/gate.h"

#define VMFUNC .byte 0x0f, 0x01, 0xd4

	.section .text.ks_gate, "ax"
	.balign 4096
	.globl ks_gate_page
ks_gate_page:
ks_gate:
	VMFUNC
	test %ecx, %ecx
	jz 1f
	cmp %r10, ks_gate_world(%rip)
	jne 2f
	xor %r10d, %r10d
	mov %r11, %rsp
	xor %r11d, %r11d
	test %r8d, %r8d
	jz 3f
	xor %r8d, %r8d
	sti
3:	xor %ecx, %ecx
	call *%r9
	mov %rax, %rsi
	xor %edi, %edi		/* KS_LEAVE_RETURN */
	.globl ks_gate_leave
ks_gate_leave:
	cli
	xor %eax, %eax
	xor %ecx, %ecx
	jmp ks_gate
1:	mov ks_gate_cpu + KS_CPU_FRAME(%rip), %rsp
	jmp ks_gate_back
2:	ud2
	.balign 4096, 0xcc

	.section .data.ks_gate, "aw"
	.balign 4096
	.globl ks_gate_world
ks_gate_world:
	.skip 4096
	.globl ks_gate_cpu
ks_gate_cpu:
	.skip 4096

	.data
	.globl ks_gate_keys
ks_gate_keys:
	.byte 0

	.text

/* PKRU as it was at the frame. An XRSTOR can change it, of which the scan of text knows nothing. */
.macro keys_restore frame
	cmpb $0, ks_gate_keys(%rip)
	je 9f
	xor %ecx, %ecx
	xor %edx, %edx
	mov KS_FRAME_KEYS(\frame), %eax
	wrpkru
9:
.endm

/* DS, ES, FS and GS in %rax; uses %rcx. */
.macro selectors
	mov %gs, %eax
	shl $16, %rax
	mov %fs, %ecx
	mov %cx, %ax
	shl $16, %rax
	mov %es, %ecx
	mov %cx, %ax
	shl $16, %rax
	mov %ds, %ecx
	mov %cx, %ax
.endm

	.globl ks_gate_call
ks_gate_call:
	push %rbp
	mov %rsp, %rbp
	push %rbx
	push %r12
	push %r13
	push %r14
	push %r15
	pushfq
	sub $KS_FRAME_SIZE, %rsp
	mov %rdi, KS_FRAME_GATE(%rsp)
	mov %rdi, %rbx

/* %rbx is the gate, %rsp the frame; in from a call, or from the handler of a call of the domain's. */
.Lprepare:
	pushfq
	popq KS_FRAME_NOW(%rsp)
	cli
	mov KS_GATE_BEFORE(%rbx), %rax
	test %rax, %rax
	jz .Lpublish
	mov %rbx, %rdi
	call *%rax
.Lpublish:
	selectors
	mov %rax, KS_FRAME_SELECTORS(%rsp)
	mov %ss, %eax
	mov %eax, KS_FRAME_SS(%rsp)
	rdfsbase %rax
	mov %rax, KS_FRAME_FS_BASE(%rsp)
	rdgsbase %rax
	mov %rax, KS_FRAME_GS_BASE(%rsp)
	cmpb $0, ks_gate_keys(%rip)
	je 1f
	xor %ecx, %ecx
	rdpkru
	mov %eax, KS_FRAME_KEYS(%rsp)
1:	mov %cr8, %rax
	mov %rax, KS_FRAME_TPR(%rsp)
	mov ks_gate_cpu + KS_CPU_FRAME(%rip), %rax
	mov %rax, KS_FRAME_PREVIOUS(%rsp)
	mov $KS_TPR_CLOSED, %eax
	mov %rax, %cr8
	mov %rsp, ks_gate_cpu + KS_CPU_FRAME(%rip)
	incq ks_gate_cpu + KS_CPU_ENTRIES(%rip)

	mov KS_GATE_TOKEN(%rbx), %r10
	mov KS_GATE_STACK(%rbx), %r11
	mov KS_GATE_ENTRY(%rbx), %r9
	mov KS_GATE_INDEX(%rbx), %ecx
	mov KS_FRAME_NOW(%rsp), %r8d
	and $0x200, %r8d
	mov KS_GATE_ARGUMENTS(%rbx), %rdi
	mov KS_GATE_ARGUMENTS + 8(%rbx), %rsi
	mov KS_GATE_ARGUMENTS + 16(%rbx), %rdx
	xor %eax, %eax
	xor %ebx, %ebx
	xor %ebp, %ebp
	xor %r12d, %r12d
	xor %r13d, %r13d
	xor %r14d, %r14d
	xor %r15d, %r15d
	jmp ks_gate

/*
 * Back from a domain: %rsp is the kernel's, everything else is the domain's.
 * Segments and bases that it changed are put right, and it ends for it.
 */
	.globl ks_gate_back
ks_gate_back:
	push $2
	popfq
	rdgsbase %rax
	cmp %rax, KS_FRAME_GS_BASE(%rsp)
	jne .Lspoilt
	rdfsbase %rax
	cmp %rax, KS_FRAME_FS_BASE(%rsp)
	jne .Lspoilt
	selectors
	cmp %rax, KS_FRAME_SELECTORS(%rsp)
	jne .Lspoilt
	/*
	 * Without the kernel's table of descriptors, null is all that SS can be changed to. It may have
	 * been null before: an interrupt of user mode leaves it so to whichever thread is run next.
	 */
	mov %ss, %eax
	test %eax, %eax
	jz .Lnull
.Lpresent:
	cmpb $0, ks_gate_keys(%rip)
	jne .Lkeys
.Lunspoilt:
	mov KS_FRAME_GATE(%rsp), %rbx
	cmp $KS_LEAVE_CALL, %edi
	je .Lcall
	test %edi, %edi
	jnz .Lprotocol
	mov %rsi, KS_GATE_RESULT(%rbx)
	xor %eax, %eax

/* %rax is the result. */
.Lleave:
	lea KS_FRAME_BASE(%rsp), %rbp	/* before interrupts come back */
	mov KS_FRAME_PREVIOUS(%rsp), %rcx
	mov %rcx, ks_gate_cpu + KS_CPU_FRAME(%rip)
	mov KS_FRAME_TPR(%rsp), %rcx
	mov %rcx, %cr8
	add $KS_FRAME_SIZE, %rsp
	popfq
	pop %r15
	pop %r14
	pop %r13
	pop %r12
	pop %rbx
	pop %rbp
	ret
	int3

/* The domain calls the kernel. Its frame is not the processor's any more: the handler may sleep. */
.Lcall:
	mov %rsi, KS_GATE_REQUEST(%rbx)
	mov %rdx, KS_GATE_DOMAIN_STACK(%rbx)
	mov KS_FRAME_PREVIOUS(%rsp), %rcx
	mov %rcx, ks_gate_cpu + KS_CPU_FRAME(%rip)
	mov KS_FRAME_TPR(%rsp), %rcx
	mov %rcx, %cr8
	xor %ecx, %ecx
	xor %edx, %edx
	lea KS_FRAME_BASE(%rsp), %rbp
	xor %r8d, %r8d
	xor %r9d, %r9d
	xor %r10d, %r10d
	xor %r11d, %r11d
	mov %rbx, %rdi
	testl $0x200, KS_FRAME_NOW(%rsp)
	jz 1f
	sti
1:	call *KS_GATE_HANDLER(%rbx)
	/* It goes on where it was, with the answer: an entry of another kind. */
	mov %rax, KS_GATE_ARGUMENTS(%rbx)
	mov KS_GATE_RESUME(%rbx), %rax
	mov %rax, KS_GATE_ENTRY(%rbx)
	mov KS_GATE_DOMAIN_STACK(%rbx), %rax
	mov %rax, KS_GATE_STACK(%rbx)
	movq $0, KS_GATE_ARGUMENTS + 8(%rbx)
	movq $0, KS_GATE_ARGUMENTS + 16(%rbx)
	jmp .Lprepare

/* The rest of what the domain has left in %rdi, %rsi and %rdx is the kernel's to judge. */
.Lkeys:
	mov %rdx, %rbx
	xor %ecx, %ecx
	rdpkru
	mov %rbx, %rdx
	cmp %eax, KS_FRAME_KEYS(%rsp)
	je .Lunspoilt
	jmp .Lspoilt

.Lnull:
	cmp %eax, KS_FRAME_SS(%rsp)
	je .Lpresent
	jmp .Lspoilt

.Lprotocol:
	mov $KS_FAULT_OF_PROTOCOL, %esi
	jmp .Lreport
.Lspoilt:
	mov $KS_FAULT_OF_STATE, %esi
.Lreport:
	mov KS_FRAME_GATE(%rsp), %rdi
	mov KS_GATE_INDEX(%rdi), %rdi
	mov $KS_CALL_REPORT, %eax
	mov $KS_CALL_MAGIC, %edx
	vmcall
	/* The visor continues here when it has ended a domain; CS and SS are the kernel's again. */
	.globl ks_gate_dead
ks_gate_dead:
	push $2
	popfq
	mov KS_FRAME_SELECTORS(%rsp), %rax
	mov %eax, %ds
	shr $16, %rax
	mov %eax, %es
	shr $16, %rax
	mov %eax, %fs
	shr $16, %rax
	mov %eax, %gs
	mov KS_FRAME_FS_BASE(%rsp), %rax
	wrfsbase %rax
	mov KS_FRAME_GS_BASE(%rsp), %rax
	wrgsbase %rax
	keys_restore %rsp
	mov $-EIO, %rax
	jmp .Lleave

/*
 * A domain has met an undefined instruction, and whose crossing it is shall say whether it goes on
 * behind it. Then as after any interruption: %rdi and %rsi as there.
 */
	.globl ks_gate_trap
ks_gate_trap:
	mov %rdi, %rbx
	mov %rsi, %r12
	lea KS_FRAME_BASE(%r12), %rbp
	keys_restore %r12
	mov KS_FRAME_GATE(%r12), %rdi
	mov %rbx, %rsi
	call *KS_GATE_TRAP(%rdi)
	mov %rbx, %rdi
	mov %r12, %rsi

/*
 * The visor has interrupted a domain for what is pending in the kernel: lets it
 * in where both the domain and the kernel have interrupts on, and asks to go
 * on. One of them may hold a lock that an interrupt takes: the domain its
 * runtime's, the kernel one that it took for the domain.
 * %rdi: what the visor saved, above the stack pointer.
 */
	.globl ks_gate_pause
ks_gate_pause:
	mov %rdi, %rbx
	mov %rsi, %r12		/* the frame */
	lea KS_FRAME_BASE(%r12), %rbp
	keys_restore %r12
	mov KS_FRAME_TPR(%r12), %rax
	mov %rax, %cr8
	mov KS_FRAME_NOW(%r12), %eax
	and KS_SAVED_FLAGS(%rbx), %eax
	test $0x200, %eax
	jz 1f
	sti
	nop
	nop
	cli
1:	mov KS_FRAME_GATE(%r12), %rdi
	mov KS_GATE_BEFORE(%rdi), %rax
	test %rax, %rax
	jz 2f
	call *%rax
2:	mov $KS_TPR_CLOSED, %eax
	mov %rax, %cr8
	mov $KS_CALL_RESUME, %eax
	mov $KS_CALL_MAGIC, %edx
	mov %rbx, %rdi
	vmcall
	/* It does not come back unless the domain is dead. */
	mov %r12, %rsp
	jmp ks_gate_dead

#ifdef __ELF__
	.section .note.GNU-stack, "", @progbits
#endif
