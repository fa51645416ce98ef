/* SPDX-License-Identifier: Dual MIT/GPL */
/* What vmexit.S and the rest of the visor agree on. */
#ifndef KS_VISOR_REGISTERS_H
#define KS_VISOR_REGISTERS_H

/* Offsets in struct ks_registers: they are in the order of their numbers. */
#define KS_REGISTERS_RAX 0
#define KS_REGISTERS_RCX 8
#define KS_REGISTERS_RDX 16
#define KS_REGISTERS_RBX 24
#define KS_REGISTERS_RSP 32
#define KS_REGISTERS_RBP 40
#define KS_REGISTERS_RSI 48
#define KS_REGISTERS_RDI 56
#define KS_REGISTERS_R8 64
#define KS_REGISTERS_R9 72
#define KS_REGISTERS_R10 80
#define KS_REGISTERS_R11 88
#define KS_REGISTERS_R12 96
#define KS_REGISTERS_R13 104
#define KS_REGISTERS_R14 112
#define KS_REGISTERS_R15 120
#define KS_REGISTERS_SIZE 128

/* Fields of the VMCS. */
#define KS_FIELD_GUEST_RSP 0x681c
#define KS_FIELD_GUEST_RIP 0x681e

#define KS_HOST_VECTOR_SIZE 16 /* bytes of code for each exception, from ks_host_vectors on */

#ifndef __ASSEMBLER__
#include "ks-rt/offset.h"
#include "ks-rt/visor/vmx.h"

struct ks_registers {
	ks_u64 rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15;
};

KS_OFFSET(KS_REGISTERS_RAX, struct ks_registers, rax);
KS_OFFSET(KS_REGISTERS_RCX, struct ks_registers, rcx);
KS_OFFSET(KS_REGISTERS_RDX, struct ks_registers, rdx);
KS_OFFSET(KS_REGISTERS_RBX, struct ks_registers, rbx);
KS_OFFSET(KS_REGISTERS_RSP, struct ks_registers, rsp);
KS_OFFSET(KS_REGISTERS_RBP, struct ks_registers, rbp);
KS_OFFSET(KS_REGISTERS_RSI, struct ks_registers, rsi);
KS_OFFSET(KS_REGISTERS_RDI, struct ks_registers, rdi);
KS_OFFSET(KS_REGISTERS_R8, struct ks_registers, r8);
KS_OFFSET(KS_REGISTERS_R9, struct ks_registers, r9);
KS_OFFSET(KS_REGISTERS_R10, struct ks_registers, r10);
KS_OFFSET(KS_REGISTERS_R11, struct ks_registers, r11);
KS_OFFSET(KS_REGISTERS_R12, struct ks_registers, r12);
KS_OFFSET(KS_REGISTERS_R13, struct ks_registers, r13);
KS_OFFSET(KS_REGISTERS_R14, struct ks_registers, r14);
KS_OFFSET(KS_REGISTERS_R15, struct ks_registers, r15);
KS_EQUAL(KS_REGISTERS_SIZE, sizeof(struct ks_registers));
KS_EQUAL(KS_FIELD_GUEST_RSP, VMCS_GUEST_RSP);
KS_EQUAL(KS_FIELD_GUEST_RIP, VMCS_GUEST_RIP);
#endif

#endif
