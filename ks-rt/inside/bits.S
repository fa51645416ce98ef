/* SPDX-License-Identifier: Dual MIT/GPL */
/* How many bits are set, called as the kernel's assembly does: of %rdi, in %rax, and no other register changes. */
#include <linux/linkage.h>

	.text
SYM_FUNC_START(ks_lib___sw_hweight64)
	push %rdi
	push %rdx
	xor %eax, %eax
1:	test %rdi, %rdi
	jz 2f
	lea -1(%rdi), %rdx
	and %rdx, %rdi
	inc %eax
	jmp 1b
2:	pop %rdx
	pop %rdi
	RET
SYM_FUNC_END(ks_lib___sw_hweight64)

SYM_FUNC_START(ks_lib___sw_hweight32)
	push %rdi
	mov %edi, %edi
	call ks_lib___sw_hweight64
	pop %rdi
	RET
SYM_FUNC_END(ks_lib___sw_hweight32)
