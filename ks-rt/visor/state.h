/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The inside of the visor. All of it lies in the pool, which EPT 0 does not
 * show, so after the first ks_visor_start() it is touched in root mode only.
 */
#ifndef KS_VISOR_STATE_H
#define KS_VISOR_STATE_H

#include "ks-rt/visor/registers.h"
#include "ks-rt/visor/visor_os.h"
#include "ks-rt/visor/vmx.h"

#define KS_VISOR_STACK_PAGES 4
#define KS_EXCEPTIONS (1u << 1) /* that always exit: #DB, which a domain could set for the gate */
#define KS_UNDEFINED_INSTRUCTION (6u | 3u << 8) /* as events are described: a hardware exception */
#define KS_ADDRESS 0x000ffffffffff000ull	/* of an entry of any of the tables */

/* A table of four levels, EPT or page tables. */
struct ks_tables {
	ks_u64 *root;
};

struct ks_visor_domain {
	bool used, sealed;
	struct ks_tables ept; /* guest-physical to physical */
	struct ks_tables map; /* linear to guest-physical: the domain's own page tables */
	ks_u64 *world;	      /* the page that holds its token */
	ks_u64 *roots;	      /* guest-physical addresses of CR3 that show `map`, a page of them */
	ks_u32 root_next;
	ks_u32 root_count;
	struct ks_visor_fault fault;
};

struct ks_visor_cpu {
	struct ks_visor *visor;
	ks_u32 number;
	bool stepping;		   /* the kernel does for itself what has exited */
	ks_u64 step_flags;	   /* TF and IF as they were */
	volatile bool nmi_pending; /* for the kernel; set in root mode by the host's vector too */
	unsigned short cs, ss;	   /* the kernel's, and their access rights */
	ks_u32 cs_rights, ss_rights;
	ks_u32 pin, proc, proc2; /* controls */
	ks_u64 *vmxon, *vmcs, *eptp_list, *host_root;
	struct ks_gate_page_of_cpu *own_page;
	ks_u64 *idt;
	unsigned char *stack_top;
	struct ks_tables ept; /* EPT 0, as this processor sees it */
	/* How long the present stay in a domain has lasted. */
	ks_u64 stay, stay_entry;
	struct ks_visor_statistics statistics;
};

struct ks_visor {
	struct ks_visor_setup setup;
	volatile int lock; /* over pool, domains and tables */
	ks_u64 free_page;  /* physical address of the first free one; each holds the next one's */
	ks_u64 free_count, page_count;
	ks_u64 *msr_closed, *msr_open; /* bitmaps */
	struct ks_visor_domain domains[KS_VISOR_DOMAINS + 1];
	struct ks_visor_cpu *cpus[KS_VISOR_CPUS];
};

/* The one that runs: there is only one machine. */
extern struct ks_visor *ks_visor;
/* Processors in non-root mode; not in the pool, which those do not see. */
extern bool ks_taken[KS_VISOR_CPUS];

/* tables.c */
ks_u64 ks_pool_physical(const void *page);
void *ks_pool_virtual(ks_u64 physical);
void *ks_page_take(struct ks_visor *visor); /* zeroed; NULL if there is none */
void ks_page_give(struct ks_visor *visor, void *page);
bool ks_tables_make(struct ks_visor *visor, struct ks_tables *tables);
void ks_tables_free(struct ks_visor *visor, struct ks_tables *tables);
/* The entry of the lowest level, tables made as needed (links with `link` bits); NULL without memory. */
ks_u64 *ks_tables_entry(struct ks_visor *visor, struct ks_tables *tables, ks_u64 address,
			ks_u64 link);
/* All tables of the domain's map, read-only to the domain. */
bool ks_tables_show(struct ks_visor *visor, struct ks_tables *map, struct ks_tables *ept);
ks_u64 ks_eptp(const struct ks_tables *tables);
bool ks_ept_make_kernels(struct ks_visor *visor, struct ks_visor_cpu *cpu);
bool ks_ept_extend(struct ks_visor *visor, struct ks_visor_cpu *cpu, ks_u64 physical);

/* domains.c, in root mode */
int ks_visor_domain_create(struct ks_visor *visor);
int ks_visor_domain_map(struct ks_visor *visor, int index, ks_u64 address, ks_u64 physical,
			ks_u64 pages, ks_u32 rights);
int ks_visor_domain_seal(struct ks_visor *visor, int index, ks_u64 token);
int ks_visor_domain_destroy(struct ks_visor *visor, int index);
void ks_visor_domain_enable(struct ks_visor *visor, int index, ks_u64 eptp);
struct ks_visor_domain *ks_visor_domain_at(struct ks_visor *visor, int index);
bool ks_visor_domain_show_root(struct ks_visor *visor, struct ks_visor_domain *domain, ks_u64 root);

/* scan.c: the offset of the first instruction in `size` bytes that no domain may hold, or size */
ks_u64 ks_scan(const unsigned char *text, ks_u64 size, const char **instruction);

/* kill.c, in root mode */
/* The crossing that is in a domain. */
struct ks_gate *ks_gate_now(struct ks_visor_cpu *cpu);
/* The view in use: 0, a domain's index, or -1 if it is none that is known. */
int ks_view_now(struct ks_visor_cpu *cpu);
/* Ends the domain that this processor is in, and continues the kernel behind the crossing. */
void ks_fault(struct ks_visor_cpu *cpu, struct ks_registers *registers,
	      const struct ks_visor_fault *fault);
void ks_fault_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 reason,
		   ks_u32 detail);
/* Marks a domain as ended, wherever it runs. */
void ks_visor_domain_end(struct ks_visor *visor, struct ks_visor_cpu *cpu, int index,
			 const struct ks_visor_fault *fault);
/* The kernel goes on behind the crossing that is in a domain, which has ended. */
void ks_crossing_end(struct ks_visor_cpu *cpu, struct ks_registers *registers);

/* stay.c, in root mode */
void ks_tick(struct ks_visor_cpu *cpu, struct ks_registers *registers);
/* Interrupts the domain for the kernel, which gets `event` injected unless that is 0. */
void ks_pause(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 event);
/* An undefined instruction: has the kernel say what becomes of it; false if it has no say. */
bool ks_trap(struct ks_visor_cpu *cpu, struct ks_registers *registers);
bool ks_visor_resume(struct ks_visor_cpu *cpu, struct ks_registers *registers);
/* The kernel, in view 0, at `rip` with `rsp`; interrupts off. */
void ks_continue(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u64 rip, ks_u64 rsp);
void ks_timer_reload(struct ks_visor_cpu *cpu);

/* kernel.c: what the kernel did that exits */
void ks_kernel_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers, ks_u32 reason);
void ks_cpuid_exit(struct ks_registers *registers);
void ks_advance(void); /* past the instruction */
void ks_inject(ks_u32 vector, ks_u32 type, bool has_error, ks_u32 error);
void ks_shut_down(void);

/* exit.c */
void ks_nmi_take(struct ks_visor_cpu *cpu);

/* step.c */
void ks_step_begin(struct ks_visor_cpu *cpu);
bool ks_step_end(struct ks_visor_cpu *cpu, ks_u32 reason);

/* hypercalls.c */
void ks_hypercall(struct ks_visor_cpu *cpu, struct ks_registers *registers);

/* exit.c */
void ks_exit(struct ks_visor_cpu *cpu, struct ks_registers *registers);

/* vmexit.S */
void ks_nmi_unblock(void); /* an IRET to where it was called */
int ks_vmlaunch(void);	   /* 0: in non-root mode now; 1: it failed */
extern char ks_vmexit[];
extern char ks_host_vectors[]; /* KS_HOST_VECTOR_SIZE bytes for each exception */
/* Goes on where an IRET frame at `frame` says, with these registers. */
void ks_leave_root(struct ks_registers *registers, ks_u64 *frame) __attribute__((noreturn));

static inline void ks_visor_lock(struct ks_visor *visor)
{
	while (__atomic_exchange_n(&visor->lock, 1, __ATOMIC_ACQUIRE))
		__builtin_ia32_pause();
}

static inline void ks_visor_unlock(struct ks_visor *visor)
{
	__atomic_store_n(&visor->lock, 0, __ATOMIC_RELEASE);
}

/* Whether an event, as the VMCS describes it, is one. */
static inline bool ks_is_nmi(ks_u32 event)
{
	return event >> 31 && (event >> 8 & 7) == 2;
}

#endif
