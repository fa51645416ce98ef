/* SPDX-License-Identifier: MIT */
/*
 * From protected mode to C in the upper half: the first processor's way, and
 * that of further ones, which start in real mode at TRAMPOLINE.
 */
#include "tests/ks-rt/bare/layout.h"

#define PHYSICAL(symbol) (symbol - IMAGE_BASE)
#define CR4 0x10620 /* FSGSBASE, OSXMMEXCPT, OSFXSR, PAE */
#define CR0_ON 0x80010023 /* PG, WP, NE, MP, PE */
#define CR0_OFF 0x6000000c /* CD, NW, TS, EM */
#define EFER 0xc0000080
#define EFER_ON 0x901 /* NXE, LME, SCE */
#define PRESENT 3
#define LARGE 0x83

	.section .header, "a"
	.org IMAGE_SECTORS
	.long image_sectors
	.org IMAGE_ENTRY
	.long PHYSICAL(start)

	.section .text.start, "ax"
	.code32
	.globl start
start:
	movl $PHYSICAL(bss_begin), %edi
	movl $PHYSICAL(bss_end), %ecx
	subl %edi, %ecx
	xorl %eax, %eax
	cld
	rep stosb

	movl $(PHYSICAL(low_tables) + PRESENT), %eax
	movl %eax, PHYSICAL(root_table)
	movl %eax, PHYSICAL(root_table) + 8 * ((DIRECT_BASE >> 39) & 511)
	movl $(PHYSICAL(high_tables) + PRESENT), PHYSICAL(root_table) + 8 * 511
	movl $(PHYSICAL(leaf_tables) + PRESENT), %eax
	movl %eax, PHYSICAL(high_tables) + 8 * 510
	movl $PHYSICAL(low_tables), %edi
	movl $4, %ecx
1:	movl %eax, (%edi)
	addl $0x1000, %eax
	addl $8, %edi
	loop 1b
	movl $PHYSICAL(leaf_tables), %edi
	movl $LARGE, %eax
	movl $(4 * 512), %ecx
1:	movl %eax, (%edi)
	addl $0x200000, %eax
	addl $8, %edi
	loop 1b
	jmp long_mode

/* Every processor's, with flat 32-bit segments. */
long_mode:
	movl $CR4, %eax
	movl %eax, %cr4
	movl $PHYSICAL(root_table), %eax
	movl %eax, %cr3
	movl $EFER, %ecx
	rdmsr
	orl $EFER_ON, %eax
	wrmsr
	movl %cr0, %eax
	andl $~CR0_OFF, %eax
	orl $CR0_ON, %eax
	movl %eax, %cr0
	lgdt PHYSICAL(start_descriptors_register)
	ljmp $SELECTOR_CODE, $PHYSICAL(1f)
	.code64
1:	movq $1f, %rax
	jmp *%rax
1:	movl $SELECTOR_DATA, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs
	/* The number of this processor, and from that its stack. */
	movl $1, %edi
	lock xaddl %edi, processors_started(%rip)
	leal 1(%edi), %eax
	shlq $14, %rax
	leaq start_stacks(%rip), %rsp
	addq %rax, %rsp
	xorl %ebp, %ebp
	call processor_main
	ud2

/* Copied to TRAMPOLINE, and run there. */
	.code16
	.globl trampoline, trampoline_end
trampoline:
	cli
	xorw %ax, %ax
	movw %ax, %ds
	lgdtl TRAMPOLINE + (trampoline_register - trampoline)
	movl %cr0, %eax
	orb $1, %al
	movl %eax, %cr0
	ljmpl $8, $(TRAMPOLINE + (1f - trampoline))
	.code32
1:	movl $SELECTOR_DATA, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	movl $PHYSICAL(long_mode), %eax
	jmp *%eax
	.balign 4
trampoline_register:
	.word start_descriptors_end - start_descriptors - 1
	.long PHYSICAL(start_descriptors)
trampoline_end:

	.data
	.balign 8
start_descriptors:
	.quad 0, 0x00cf9b000000ffff, 0x00af9b000000ffff, 0x00cf93000000ffff
start_descriptors_end:
start_descriptors_register:
	.word . - start_descriptors - 1
	.quad PHYSICAL(start_descriptors)
	.globl processors_started
	.balign 4
processors_started:
	.long 0

	.bss
	.balign 4096
	.globl root_table
root_table:
	.skip 4096
low_tables:
	.skip 4096
high_tables:
	.skip 4096
leaf_tables:
	.skip 4 * 4096
start_stacks:
	.skip PROCESSORS << 14
