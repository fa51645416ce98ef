/* SPDX-License-Identifier: MIT */
/* Where things are in memory; for C, assembly and the linker's script. */
#ifndef BARE_LAYOUT_H
#define BARE_LAYOUT_H

/* Linear addresses, as Linux has them without randomisation. */
#define IMAGE_BASE 0xffffffff80000000	/* of physical 0 */
#define DIRECT_BASE 0xffff888000000000	/* of physical 0; 4 GiB */

/* What domains are shown, besides the image's domain sections and the gate. */
#define DOMAIN_STACK 0xffffc90000010000	/* the top of it is DOMAIN_STACK_TOP */
#define DOMAIN_STACK_PAGES 2
#define DOMAIN_STACK_TOP (DOMAIN_STACK + DOMAIN_STACK_PAGES * 0x1000)
#define DOMAIN_MESSAGE 0xffffc90000020000
#define DOMAIN_SNIPPET 0xffffc90000030000
#define DOMAIN_PRIVATE 0xffffc90000040000 /* one domain's own page, which others do not have */
#define DOMAIN_NOTHING 0xffffc90000050000 /* never anything */

/* Physical memory. */
#define TRAMPOLINE 0x8000		/* where a further processor starts; below 1 MiB, aligned to a page */
#define BOOT_LOW 0x10000		/* where the boot sector reads to */
#define BOOT_LOW_SIZE 0x80000
#define IMAGE_PHYSICAL 0x100000
#define POOL_PHYSICAL 0x2000000		/* the visor's */
#define POOL_SIZE 0x400000
#define FRAMES_PHYSICAL 0x3000000	/* the tests' own frames */
#define FRAMES_SIZE 0x1000000

/* The image's header: offsets. */
#define IMAGE_SECTORS 0
#define IMAGE_ENTRY 4

/* Offsets in struct message. */
#define MESSAGE_REGISTERS 0
#define MESSAGE_FLAGS 128

#define PROCESSORS 2

#define SELECTOR_CODE 0x10
#define SELECTOR_DATA 0x18
#define SELECTOR_OTHER 0x20		/* data as well: what a test loads and looks for */
#define SELECTOR_TSS 0x28
#define SELECTOR_USER_DATA 0x3b
#define SELECTOR_USER_CODE 0x43

#define USER_CODE 0x400000000000	/* a page that user mode can execute */

#endif
