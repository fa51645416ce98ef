/* SPDX-License-Identifier: MIT */
/*
 * Loads the image that follows it on the disk to 1 MiB, and jumps to the entry
 * that the image's header names, in protected mode with flat segments.
 *
 * The BIOS reads into low memory only, at most 127 sectors a call and over no
 * 64 KiB boundary: 32 KiB at a time to LOW and up, which is copied as a whole.
 */
#include "tests/ks-rt/bare/layout.h"

#define LOW_SEGMENT (BOOT_LOW >> 4)
#define CHUNK 64 /* sectors */

	.code16
	.globl _start
_start:
	cli
	cld
	xorw %ax, %ax
	movw %ax, %ds
	movw %ax, %ss
	movw $0x7c00, %sp
	ljmp $0, $1f
1:	movb %dl, drive
	movw $LOW_SEGMENT, %ax
	movw %ax, %es

read:
	movw $packet, %si
	movb drive, %dl
	movb $0x42, %ah
	int $0x13
	jc failed
	addw $(CHUNK * 512 / 16), packet + 6
	addl $CHUNK, packet + 8
	/* The packet's first sector is 1: the image's sector n is the disk's n + 1. */
	movl packet + 8, %eax
	cmpl %es:IMAGE_SECTORS, %eax
	jbe read

	inb $0x92, %al		/* A20 */
	orb $2, %al
	outb %al, $0x92
	lgdt descriptors_register
	movl %cr0, %eax
	orb $1, %al
	movl %eax, %cr0
	ljmp $8, $protected

failed:
	movw $message, %si
1:	lodsb
	testb %al, %al
	jz 2f
	outb %al, $0xe9
	jmp 1b
2:	hlt
	jmp 2b

	.code32
protected:
	movl $16, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	movl $BOOT_LOW, %esi
	movl $IMAGE_PHYSICAL, %edi
	movl BOOT_LOW + IMAGE_SECTORS, %ecx
	shll $7, %ecx
	rep movsl
	jmp *IMAGE_PHYSICAL + IMAGE_ENTRY

	.balign 4
packet:
	.byte 16, 0
	.word CHUNK, 0, LOW_SEGMENT
	.quad 1
	.balign 8
descriptors:
	.quad 0, 0x00cf9b000000ffff, 0x00cf93000000ffff
descriptors_register:
	.word . - descriptors - 1
	.long descriptors
drive:
	.byte 0
message:
	.asciz "FAIL boot: the disk cannot be read\n"
	.org 510
	.word 0xaa55
