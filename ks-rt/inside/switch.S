/* SPDX-License-Identifier: Dual MIT/GPL */
/* How code of a domain leaves for the kernel and goes on after it: see ks-rt/visor/gate.S. */
#include <linux/linkage.h>
#include "ks-rt/visor/gate.h"

	.text
SYM_FUNC_START(ks_inside_request)
	push %rbp
	mov %rsp, %rbp
	push %rbx
	push %r12
	push %r13
	push %r14
	push %r15
	pushfq
	mov %rdi, %rsi
	mov %rsp, %rdx
	mov $KS_LEAVE_CALL, %edi
	jmp ks_gate_leave
SYM_FUNC_END(ks_inside_request)

/* Called on the stack that was left, with the answer in %rdi. */
SYM_CODE_START(ks_inside_resume)
	add $8, %rsp
	mov %rdi, %rax
	popfq
	pop %r15
	pop %r14
	pop %r13
	pop %r12
	pop %rbx
	pop %rbp
	ret
SYM_CODE_END(ks_inside_resume)
