/* SPDX-License-Identifier: MIT */
/* What entry.S and C both know of. */
#ifndef BARE_RECORDS_H
#define BARE_RECORDS_H

/* Offsets in struct trap. */
#define TRAP_R15 0
#define TRAP_R14 8
#define TRAP_R13 16
#define TRAP_R12 24
#define TRAP_R11 32
#define TRAP_R10 40
#define TRAP_R9 48
#define TRAP_R8 56
#define TRAP_RDI 64
#define TRAP_RSI 72
#define TRAP_RBP 80
#define TRAP_RBX 88
#define TRAP_RDX 96
#define TRAP_RCX 104
#define TRAP_RAX 112
#define TRAP_VECTOR 120

/* Offsets in struct context. */
#define CONTEXT_RIP 0
#define CONTEXT_RSP 8
#define CONTEXT_RBX 16
#define CONTEXT_RBP 24
#define CONTEXT_R12 32
#define CONTEXT_R13 40
#define CONTEXT_R14 48
#define CONTEXT_R15 56

/* Offsets in struct probe. */
#define PROBE_RSP 0
#define PROBE_RESULT 8

#ifndef __ASSEMBLER__
#include <stdbool.h>
#include <stdint.h>

#include "ks-rt/offset.h"

/* What entry.S has on the stack at an exception or interrupt. */
struct trap {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
	uint64_t vector, error;
	uint64_t rip, cs, flags, rsp, ss;
};

KS_OFFSET(TRAP_R15, struct trap, r15);
KS_OFFSET(TRAP_R14, struct trap, r14);
KS_OFFSET(TRAP_R13, struct trap, r13);
KS_OFFSET(TRAP_R12, struct trap, r12);
KS_OFFSET(TRAP_R11, struct trap, r11);
KS_OFFSET(TRAP_R10, struct trap, r10);
KS_OFFSET(TRAP_R9, struct trap, r9);
KS_OFFSET(TRAP_R8, struct trap, r8);
KS_OFFSET(TRAP_RDI, struct trap, rdi);
KS_OFFSET(TRAP_RSI, struct trap, rsi);
KS_OFFSET(TRAP_RBP, struct trap, rbp);
KS_OFFSET(TRAP_RBX, struct trap, rbx);
KS_OFFSET(TRAP_RDX, struct trap, rdx);
KS_OFFSET(TRAP_RCX, struct trap, rcx);
KS_OFFSET(TRAP_RAX, struct trap, rax);
KS_OFFSET(TRAP_VECTOR, struct trap, vector);

struct context {
	uint64_t rip, rsp, rbx, rbp, r12, r13, r14, r15;
};

KS_OFFSET(CONTEXT_RIP, struct context, rip);
KS_OFFSET(CONTEXT_RSP, struct context, rsp);
KS_OFFSET(CONTEXT_RBX, struct context, rbx);
KS_OFFSET(CONTEXT_RBP, struct context, rbp);
KS_OFFSET(CONTEXT_R12, struct context, r12);
KS_OFFSET(CONTEXT_R13, struct context, r13);
KS_OFFSET(CONTEXT_R14, struct context, r14);
KS_OFFSET(CONTEXT_R15, struct context, r15);

/* A function that may cause an exception, and the exception. rsp and result: entry.S. */
struct probe {
	uint64_t rsp;
	uint64_t result;
	bool caught;
	uint64_t vector, error, address, rip;
};

KS_OFFSET(PROBE_RSP, struct probe, rsp);
KS_OFFSET(PROBE_RESULT, struct probe, result);
#endif

#endif
