/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The visor: puts a running kernel, processor by processor, into VMX non-root
 * mode, and keeps domains apart from it by extended page tables. It knows no
 * operating system: a module of Linux and the bare-metal tests link the same
 * sources.
 *
 * Views. EPT 0 is the kernel's: all physical memory as it is, but for the
 * visor's own. EPT n is domain n's, built from nothing: the frames that
 * ks_visor_map() gave it, read-only page tables of its own, the gate page.
 *
 * Whoever calls these functions runs at CPL 0 in EPT 0. Errors are negative
 * errno values. Source for all of VMX: Intel SDM volume 3, chapters 24 to 29.
 */
#ifndef KS_VISOR_H
#define KS_VISOR_H

#include <linux/errno.h>

#include "ks-rt/visor/gate.h"

#ifndef __KERNEL__
#include <stdbool.h>
#include <stddef.h>
#endif

#define KS_VISOR_CPUS 64
#define KS_VISOR_DOMAINS 63 /* EPTP list indices 1 to 63 */
#define KS_VISOR_PAGE 4096ul

/* Why a processor cannot be taken; 0 if it can. */
enum ks_visor_lack {
	KS_VISOR_CAPABLE,
	KS_VISOR_NO_VMX, /* CPUID.1:ECX.VMX is 0 */
	KS_VISOR_LOCKED, /* the firmware has locked VMX off */
	KS_VISOR_OWNED,	 /* CR4.VMXE is set: another hypervisor uses VMX */
	KS_VISOR_NO_EPT, /* or no 4-level walk, write-back tables, large or execute-only pages, INVEPT */
	KS_VISOR_NO_SWITCH,   /* no EPTP switching by VMFUNC */
	KS_VISOR_NO_TIMER,    /* no VMX-preemption timer, or its value cannot be saved */
	KS_VISOR_NO_CONTROLS, /* another control that is needed cannot be set */
	KS_VISOR_NO_BASES,    /* CR4.FSGSBASE is off */
	KS_VISOR_FIVE_LEVELS, /* CR4.LA57 is on: a domain's page tables have four */
	KS_VISOR_ENFORCED     /* CR4.CET is on: domains are entered where no ENDBR is */
};

/* Of the processor this runs on. */
enum ks_visor_lack ks_visor_check(void);
const char *ks_visor_lack_text(enum ks_visor_lack lack);

/* What the visor is made from. */
struct ks_visor_setup {
	void *pool; /* memory for the visor alone, physically contiguous, aligned to 2 MiB */
	ks_u64 pool_physical;
	ks_u64 pool_size;     /* a multiple of 2 MiB */
	ks_u64 gate_physical; /* frames of the gate's three pages */
	ks_u64 world_physical;
	ks_u64 cpu_physical;
	ks_u64 period; /* of the timer, in TSC ticks: how late an interrupt may be in a domain */
	ks_u32 budget; /* periods that one stay in a domain may last */
};

struct ks_visor;

/* Lays the visor out in its pool; NULL if the pool is too small. Nothing runs yet. */
struct ks_visor *ks_visor_make(const struct ks_visor_setup *setup);

/*
 * Takes the processor this runs on, number `cpu`, which goes on in non-root mode, EPT 0. Interrupts
 * off; SS is not null.
 * -ENODEV: ks_visor_check() says no; -EBUSY: taken already; -EIO: VMXON or VMLAUNCH failed
 */
int ks_visor_start(struct ks_visor *visor, ks_u32 cpu);

/* Gives the processor this runs on back. Interrupts off; no crossing under way on it. */
int ks_visor_stop(void);

/* Rights to a page of a domain. Writable and executable together are refused. */
enum ks_visor_rights { KS_VISOR_READ = 1, KS_VISOR_WRITE = 2, KS_VISOR_EXECUTE = 4 };

/* The index of a new domain, which has nothing; -ENOSPC if there are too many. */
int ks_visor_create(void);

/*
 * Shows `pages` frames from `physical` on at `address` in the domain, before it is sealed. The
 * frames are the caller's, and stay so. Both are aligned to a page; addresses are in the upper half. What is to be executed is
 * scanned; it must not change any more.
 * -EINVAL, -EEXIST (address taken), -ENOMEM (pool), -EKEYREJECTED: see ks_visor_refused
 */
int ks_visor_map(int domain, ks_u64 address, ks_u64 physical, ks_u64 pages, ks_u32 rights);

/* Where the last text that was refused had an instruction that no domain may hold, and which. */
ks_u64 ks_visor_refused(const char **instruction);

/*
 * Adds the gate, and lets the domain be entered. `token` is secret: only who knows it can enter.
 * After this nothing of the domain's view changes but by ks_visor_destroy().
 */
int ks_visor_seal(int domain, ks_u64 token);

/* The domain cannot be entered any more, and is left at the next period or exit. Any processor. */
int ks_visor_kill(int domain);

/*
 * Ends a domain that nobody is in. Its frames can be used again once ks_visor_flush() has run on every
 * processor.
 */
int ks_visor_destroy(int domain);
int ks_visor_flush(void);

/* Why a domain was killed. */
enum ks_visor_reason {
	KS_FAULT_NONE,
	KS_FAULT_MEMORY,     /* access to what its view does not hold: address, access, physical */
	KS_FAULT_EXCEPTION,  /* vector, error; address for a page fault */
	KS_FAULT_PRIVILEGED, /* an instruction that is the kernel's: detail is the exit reason */
	KS_FAULT_SWITCH,     /* VMFUNC to a view that is not there: detail is %rcx */
	KS_FAULT_TRIPLE,     /* an exception that could not be delivered at all */
	KS_FAULT_TIME,	     /* the budget is used up */
	KS_FAULT_PROTOCOL,   /* left in a way that the gate does not know */
	KS_FAULT_STATE,	     /* came back with other segments, bases or protection keys */
	KS_FAULT_KILLED	     /* by ks_visor_kill() */
};

KS_EQUAL(KS_FAULT_OF_PROTOCOL, KS_FAULT_PROTOCOL);
KS_EQUAL(KS_FAULT_OF_STATE, KS_FAULT_STATE);

struct ks_visor_fault {
	ks_u32 reason; /* enum ks_visor_reason; NONE: the domain lives */
	ks_u32 vector;
	ks_u64 error; /* of the exception */
	ks_u64 rip;   /* where the domain was; 0 if not known */
	ks_u64 rsp;
	ks_u64 address; /* linear */
	ks_u64 physical;
	ks_u32 access; /* bits 0-2 of the exit qualification: read, write, fetch */
	ks_u32 detail;
};

int ks_visor_fault(int domain, struct ks_visor_fault *fault);
const char *ks_visor_reason_text(ks_u32 reason);

#define KS_VISOR_EXITS 70

struct ks_visor_statistics {
	ks_u64 exits[KS_VISOR_EXITS]; /* by basic exit reason */
	ks_u64 pauses;		      /* stays in a domain that were interrupted for the kernel */
	ks_u64 kills;
	ks_u64 roots;	  /* page-table roots that domains were shown */
	ks_u64 pool_used; /* pages, of all processors */
};

/* Of the processor this runs on. Is an exit itself. */
int ks_visor_statistics(struct ks_visor_statistics *statistics);

#endif
