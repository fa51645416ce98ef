/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What the gate (gate.S), its callers and the visor agree on.
 *
 * A crossing into a domain is a struct ks_gate, filled by the kernel. While it
 * is in the domain, a frame on the kernel's stack holds what the kernel will
 * need again, and the page ks_gate_cpu points to it: every processor sees
 * a page of its own there, and no domain sees any.
 */
#ifndef KS_GATE_H
#define KS_GATE_H

/* Offsets in struct ks_gate. */
#define KS_GATE_TOKEN 0
#define KS_GATE_INDEX 8
#define KS_GATE_ENTRY 16
#define KS_GATE_STACK 24
#define KS_GATE_ARGUMENTS 32
#define KS_GATE_RESULT 56
#define KS_GATE_RESUME 64
#define KS_GATE_HANDLER 72
#define KS_GATE_REQUEST 80
#define KS_GATE_BEFORE 88
#define KS_GATE_TRAP 96
#define KS_GATE_DOMAIN_STACK 104

/* Offsets in struct ks_gate_frame, whose address ks_gate_cpu holds. */
#define KS_FRAME_PREVIOUS 0
#define KS_FRAME_GATE 8
#define KS_FRAME_SELECTORS 16
#define KS_FRAME_FS_BASE 24
#define KS_FRAME_GS_BASE 32
#define KS_FRAME_TPR 40
#define KS_FRAME_KEYS 48
#define KS_FRAME_SS 52
#define KS_FRAME_NOW 56
#define KS_FRAME_SIZE 64  /* what is below the flags and the pushed registers */
#define KS_FRAME_BASE 112 /* where the frame pointer pointed to */

/* Offset in struct ks_gate_saved. */
#define KS_SAVED_FLAGS 136

/* What a domain that leaves asks for, in %edi. */
#define KS_LEAVE_RETURN 0
#define KS_LEAVE_CALL 1

/* Hypercalls: the number in %eax, the magic in %edx, arguments in %rdi, %rsi, %r8, %r9, %r10. */
#define KS_CALL_MAGIC 0x6b732d76
#define KS_CALL_CREATE 1
#define KS_CALL_MAP 2
#define KS_CALL_SEAL 3
#define KS_CALL_KILL 4
#define KS_CALL_DESTROY 5
#define KS_CALL_FLUSH 6
#define KS_CALL_FAULT 7
#define KS_CALL_STATISTICS 8
#define KS_CALL_STOP 9
#define KS_CALL_REPORT 10 /* of the gate: the domain in %rdi broke its rules, %esi says which */
#define KS_CALL_RESUME 11 /* of the gate: back into what was saved at %rdi */

/* enum ks_visor_reason, for the gate */
#define KS_FAULT_OF_PROTOCOL 7
#define KS_FAULT_OF_STATE 8

/* Offsets in struct ks_gate_page_of_cpu. */
#define KS_CPU_FRAME 0
#define KS_CPU_ENTRIES 8

#define KS_TPR_CLOSED 15 /* no interrupt is delivered: the visor lets them in */

#ifndef __ASSEMBLER__
#include "ks-rt/integers.h"

#include "ks-rt/offset.h"

struct ks_gate_saved;

struct ks_gate {
	ks_u64 token; /* of the domain, from ks_visor_seal */
	ks_u64 index; /* of the domain in the EPTP list: 1 .. */
	ks_u64 entry; /* the domain's function: entry(arguments[0], [1], [2]) */
	ks_u64 stack; /* its stack, 16-byte aligned; grows down */
	ks_u64 arguments[3];
	ks_u64 result; /* what it returned */
	/* Where the domain goes on after a call of its own: resume(answer), on its own stack. */
	ks_u64 resume;
	/* Answers a call of the domain, in EPT 0, on the kernel's stack; may sleep. */
	long (*handler)(struct ks_gate *gate, ks_u64 request);
	ks_u64 request; /* %rsi of the domain's call */
	/*
	 * Called before each entry, and before a domain that was interrupted goes on, with interrupts off:
	 * what is in the vector registers then, it finds there. May be NULL.
	 */
	void (*before)(struct ks_gate *gate);
	/*
	 * An undefined instruction: may set `saved->rip` behind it; else sets `trap` to NULL, and it ends
	 * the domain when it is met again. In EPT 0, interrupts off, on the kernel's stack; not to sleep. May be NULL.
	 */
	void (*trap)(struct ks_gate *gate, struct ks_gate_saved *saved);
	ks_u64 domain_stack; /* where the domain was when it called; the gate's own */
};

KS_OFFSET(KS_GATE_TOKEN, struct ks_gate, token);
KS_OFFSET(KS_GATE_INDEX, struct ks_gate, index);
KS_OFFSET(KS_GATE_ENTRY, struct ks_gate, entry);
KS_OFFSET(KS_GATE_STACK, struct ks_gate, stack);
KS_OFFSET(KS_GATE_ARGUMENTS, struct ks_gate, arguments);
KS_OFFSET(KS_GATE_RESULT, struct ks_gate, result);
KS_OFFSET(KS_GATE_RESUME, struct ks_gate, resume);
KS_OFFSET(KS_GATE_HANDLER, struct ks_gate, handler);
KS_OFFSET(KS_GATE_REQUEST, struct ks_gate, request);
KS_OFFSET(KS_GATE_BEFORE, struct ks_gate, before);
KS_OFFSET(KS_GATE_TRAP, struct ks_gate, trap);
KS_OFFSET(KS_GATE_DOMAIN_STACK, struct ks_gate, domain_stack);

/* On the kernel's stack, while a crossing is in a domain. */
struct ks_gate_frame {
	ks_u64 previous; /* the frame of the crossing around this one; 0: none */
	struct ks_gate *gate;
	ks_u64 selectors; /* DS, ES, FS, GS; 16 bits each */
	ks_u64 fs_base, gs_base;
	ks_u64 tpr;
	unsigned int keys; /* PKRU, if CR4.PKE is on */
	unsigned int ss;
	ks_u64 now; /* RFLAGS as the kernel's were last: a lock that it took may keep interrupts off */
	/* Pushed, of the caller. */
	ks_u64 flags, r15, r14, r13, r12, rbx, rbp;
};

KS_OFFSET(KS_FRAME_PREVIOUS, struct ks_gate_frame, previous);
KS_OFFSET(KS_FRAME_GATE, struct ks_gate_frame, gate);
KS_OFFSET(KS_FRAME_SELECTORS, struct ks_gate_frame, selectors);
KS_OFFSET(KS_FRAME_FS_BASE, struct ks_gate_frame, fs_base);
KS_OFFSET(KS_FRAME_GS_BASE, struct ks_gate_frame, gs_base);
KS_OFFSET(KS_FRAME_TPR, struct ks_gate_frame, tpr);
KS_OFFSET(KS_FRAME_KEYS, struct ks_gate_frame, keys);
KS_OFFSET(KS_FRAME_SS, struct ks_gate_frame, ss);
KS_OFFSET(KS_FRAME_NOW, struct ks_gate_frame, now);
KS_OFFSET(KS_FRAME_SIZE, struct ks_gate_frame, flags);
KS_OFFSET(KS_FRAME_BASE, struct ks_gate_frame, rbp);

/* What the visor leaves on the kernel's stack of a domain that it interrupts. */
struct ks_gate_saved {
	ks_u64 registers[16]; /* rax rcx rdx rbx rsp rbp rsi rdi r8 .. r15 */
	ks_u64 rip, flags, index;
	ks_u64 stay; /* periods that the stay has lasted */
};

KS_OFFSET(KS_SAVED_FLAGS, struct ks_gate_saved, flags);

/* The page ks_gate_cpu. */
struct ks_gate_page_of_cpu {
	ks_u64 frame;	/* of the crossing that is in a domain; 0: none */
	ks_u64 entries; /* into domains, ever */
};

KS_OFFSET(KS_CPU_FRAME, struct ks_gate_page_of_cpu, frame);
KS_OFFSET(KS_CPU_ENTRIES, struct ks_gate_page_of_cpu, entries);

/*
 * Enters the domain and returns when its function does: 0, or -EIO (-5) if the domain was
 * killed, in which case the visor's fault record says why. Not preemptible while inside;
 * interrupts are as the caller has them, or as `handler` has left them, but late by up to a period
 * of the visor's timer, and by what the domain turns them off for, which its budget bounds. Calls
 * of the domain run `handler`, which may call ks_gate_call() again.
 */
long ks_gate_call(struct ks_gate *gate);

/* The three pages of the gate, each aligned to a page and as long as one. */
extern char ks_gate_page[];  /* text: the only code that domains and the kernel share */
extern char ks_gate_world[]; /* a domain sees its token here */
extern char ks_gate_cpu[];   /* each processor's own; see above */

extern char ks_gate_keys; /* whether CR4.PKE is on */

/* In the gate page: where a domain jumps to leave, with %edi, %rsi and %rdx as the protocol says. */
extern char ks_gate_leave[];
/* In the kernel's text: where the visor continues a crossing that it ends, or interrupts. */
extern char ks_gate_back[], ks_gate_dead[], ks_gate_pause[], ks_gate_trap[];
#endif

#endif
