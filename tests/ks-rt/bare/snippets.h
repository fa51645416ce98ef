/* SPDX-License-Identifier: MIT */
/* What snippets.S and its callers agree on. */
#ifndef BARE_SNIPPETS_H
#define BARE_SNIPPETS_H

#include "tests/ks-rt/bare/layout.h"

/* Of `forge`, in the message page. */
#define FORGED (DOMAIN_MESSAGE + 0x800)
#define FORGED_OFFSET 0x800
#define FORGED_RAX 0
#define FORGED_RBX 8
#define FORGED_RCX 16
#define FORGED_RDX 24
#define FORGED_RSI 32
#define FORGED_RDI 40
#define FORGED_R8 48
#define FORGED_R9 56
#define FORGED_R10 64
#define FORGED_R11 72
#define FORGED_RSP 80
#define FORGED_FLAGS 88
#define FORGED_TARGET 96

#ifndef __ASSEMBLER__
#include <stdint.h>

#include "ks-rt/offset.h"

struct forged {
	uint64_t rax, rbx, rcx, rdx, rsi, rdi, r8, r9, r10, r11, rsp, flags, target;
};

KS_EQUAL(FORGED_OFFSET, FORGED - DOMAIN_MESSAGE);
KS_OFFSET(FORGED_RAX, struct forged, rax);
KS_OFFSET(FORGED_RBX, struct forged, rbx);
KS_OFFSET(FORGED_RCX, struct forged, rcx);
KS_OFFSET(FORGED_RDX, struct forged, rdx);
KS_OFFSET(FORGED_RSI, struct forged, rsi);
KS_OFFSET(FORGED_RDI, struct forged, rdi);
KS_OFFSET(FORGED_R8, struct forged, r8);
KS_OFFSET(FORGED_R9, struct forged, r9);
KS_OFFSET(FORGED_R10, struct forged, r10);
KS_OFFSET(FORGED_R11, struct forged, r11);
KS_OFFSET(FORGED_RSP, struct forged, rsp);
KS_OFFSET(FORGED_FLAGS, struct forged, flags);
KS_OFFSET(FORGED_TARGET, struct forged, target);
#endif

#endif
