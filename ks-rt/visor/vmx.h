/* SPDX-License-Identifier: Dual MIT/GPL */
/* VMX by its names: Intel SDM volume 3, appendices A to C, and the instructions. */
#ifndef KS_VMX_H
#define KS_VMX_H

#include "ks-rt/visor/visor.h"

enum ks_msr {
	MSR_FEATURE_CONTROL = 0x3a,
	MSR_SYSENTER_CS_ = 0x174,
	MSR_SYSENTER_ESP_ = 0x175,
	MSR_SYSENTER_EIP_ = 0x176,
	MSR_DEBUGCTL_ = 0x1d9,
	MSR_PAT_ = 0x277,
	MSR_VMX_BASIC = 0x480,
	MSR_VMX_EXIT = 0x483,
	MSR_VMX_ENTRY = 0x484,
	MSR_VMX_MISC = 0x485,
	MSR_VMX_CR0_FIXED0 = 0x486,
	MSR_VMX_CR0_FIXED1 = 0x487,
	MSR_VMX_CR4_FIXED0 = 0x488,
	MSR_VMX_CR4_FIXED1 = 0x489,
	MSR_VMX_PROC2 = 0x48b,
	MSR_VMX_EPT_VPID = 0x48c,
	MSR_VMX_TRUE_PIN = 0x48d,
	MSR_VMX_TRUE_PROC = 0x48e,
	MSR_VMX_TRUE_EXIT = 0x48f,
	MSR_VMX_TRUE_ENTRY = 0x490,
	MSR_VMX_VMFUNC = 0x491,
	MSR_EFER_ = 0xc0000080,
	MSR_FS_BASE_ = 0xc0000100,
	MSR_GS_BASE_ = 0xc0000101,
	MSR_KERNEL_GS_BASE_ = 0xc0000102
};

enum ks_vmcs {
	VMCS_VPID = 0x0000,
	VMCS_GUEST_ES = 0x0800, /* then CS, SS, DS, FS, GS, LDTR, TR, two apart */
	VMCS_HOST_ES = 0x0c00,
	VMCS_HOST_CS = 0x0c02,
	VMCS_HOST_SS = 0x0c04,
	VMCS_HOST_DS = 0x0c06,
	VMCS_HOST_FS = 0x0c08,
	VMCS_HOST_GS = 0x0c0a,
	VMCS_HOST_TR = 0x0c0c,
	VMCS_IO_BITMAP_A = 0x2000,
	VMCS_MSR_BITMAP = 0x2004,
	VMCS_VM_FUNCTIONS = 0x2018,
	VMCS_EPT = 0x201a,
	VMCS_EPTP_LIST = 0x2024,
	VMCS_XSS_EXITS = 0x202c,
	VMCS_PHYSICAL = 0x2400,
	VMCS_LINK = 0x2800,
	VMCS_GUEST_DEBUGCTL = 0x2802,
	VMCS_GUEST_PAT = 0x2804,
	VMCS_GUEST_EFER = 0x2806,
	VMCS_HOST_PAT = 0x2c00,
	VMCS_HOST_EFER = 0x2c02,
	VMCS_PIN = 0x4000,
	VMCS_PROC = 0x4002,
	VMCS_EXCEPTIONS = 0x4004,
	VMCS_PF_MASK = 0x4006,
	VMCS_PF_MATCH = 0x4008,
	VMCS_CR3_TARGETS = 0x400a,
	VMCS_EXIT = 0x400c,
	VMCS_EXIT_MSR_STORES = 0x400e,
	VMCS_EXIT_MSR_LOADS = 0x4010,
	VMCS_ENTRY = 0x4012,
	VMCS_ENTRY_MSR_LOADS = 0x4014,
	VMCS_INJECT = 0x4016,
	VMCS_INJECT_ERROR = 0x4018,
	VMCS_INJECT_LENGTH = 0x401a,
	VMCS_PROC2 = 0x401e,
	VMCS_INSTRUCTION_ERROR = 0x4400,
	VMCS_REASON = 0x4402,
	VMCS_EVENT = 0x4404,
	VMCS_EVENT_ERROR = 0x4406,
	VMCS_VECTORING = 0x4408,
	VMCS_VECTORING_ERROR = 0x440a,
	VMCS_LENGTH = 0x440c,
	VMCS_GUEST_ES_LIMIT = 0x4800,
	VMCS_GUEST_GDT_LIMIT = 0x4810,
	VMCS_GUEST_IDT_LIMIT = 0x4812,
	VMCS_GUEST_ES_RIGHTS = 0x4814,
	VMCS_GUEST_BLOCKING = 0x4824,
	VMCS_GUEST_ACTIVITY = 0x4826,
	VMCS_GUEST_SYSENTER_CS = 0x482a,
	VMCS_TIMER = 0x482e,
	VMCS_HOST_SYSENTER_CS = 0x4c00,
	VMCS_CR0_MASK = 0x6000,
	VMCS_CR4_MASK = 0x6002,
	VMCS_CR0_SHADOW = 0x6004,
	VMCS_CR4_SHADOW = 0x6006,
	VMCS_QUALIFICATION = 0x6400,
	VMCS_LINEAR = 0x640a,
	VMCS_GUEST_CR0 = 0x6800,
	VMCS_GUEST_CR3 = 0x6802,
	VMCS_GUEST_CR4 = 0x6804,
	VMCS_GUEST_ES_BASE = 0x6806,
	VMCS_GUEST_FS_BASE = 0x680e,
	VMCS_GUEST_GS_BASE = 0x6810,
	VMCS_GUEST_GDT_BASE = 0x6816,
	VMCS_GUEST_IDT_BASE = 0x6818,
	VMCS_GUEST_DR7 = 0x681a,
	VMCS_GUEST_RSP = 0x681c,
	VMCS_GUEST_RIP = 0x681e,
	VMCS_GUEST_FLAGS = 0x6820,
	VMCS_GUEST_PENDING_DEBUG = 0x6822,
	VMCS_GUEST_SYSENTER_ESP = 0x6824,
	VMCS_GUEST_SYSENTER_EIP = 0x6826,
	VMCS_HOST_CR0 = 0x6c00,
	VMCS_HOST_CR3 = 0x6c02,
	VMCS_HOST_CR4 = 0x6c04,
	VMCS_HOST_FS_BASE = 0x6c06,
	VMCS_HOST_GS_BASE = 0x6c08,
	VMCS_HOST_TR_BASE = 0x6c0a,
	VMCS_HOST_GDT_BASE = 0x6c0c,
	VMCS_HOST_IDT_BASE = 0x6c0e,
	VMCS_HOST_SYSENTER_ESP = 0x6c10,
	VMCS_HOST_SYSENTER_EIP = 0x6c12,
	VMCS_HOST_RSP = 0x6c14,
	VMCS_HOST_RIP = 0x6c16
};

/* Basic exit reasons, SDM volume 3, appendix C. */
enum ks_exit {
	EXIT_EXCEPTION = 0, /* or NMI */
	EXIT_TRIPLE = 2,
	EXIT_NMI_WINDOW = 8,
	EXIT_CPUID = 10,
	EXIT_HLT = 12,
	EXIT_INVD = 13,
	EXIT_VMCALL = 18,
	EXIT_VMXOFF = 26,
	EXIT_CR = 28,
	EXIT_DR = 29,
	EXIT_IO = 30,
	EXIT_RDMSR = 31,
	EXIT_WRMSR = 32,
	EXIT_ENTRY_STATE = 33,
	EXIT_GDT_IDT = 46,
	EXIT_LDT_TR = 47,
	EXIT_EPT = 48,
	EXIT_EPT_MISCONFIGURED = 49,
	EXIT_TIMER = 52,
	EXIT_XSETBV = 55,
	EXIT_VMFUNC = 59
};

/* Controls, SDM 25.6 and 25.7. */
#define PIN_NMI_EXITS (1u << 3)
#define PIN_VIRTUAL_NMIS (1u << 5)
#define PIN_TIMER (1u << 6)
#define PROC_NMI_WINDOW (1u << 22)
#define PROC_DR_EXITS (1u << 23)
#define PROC_IO_EXITS (1u << 24)
#define PROC_MSR_BITMAP (1u << 28)
#define PROC_SECOND (1u << 31)
#define PROC2_EPT (1u << 1)
#define PROC2_DESCRIPTOR_EXITS (1u << 2)
#define PROC2_RDTSCP (1u << 3)
#define PROC2_VPID (1u << 5)
#define PROC2_INVPCID (1u << 12)
#define PROC2_VMFUNC (1u << 13)
#define PROC2_XSAVES (1u << 20)
#define PROC2_WAITPKG (1u << 26)
#define EXIT_HOST_64 (1u << 9)
#define EXIT_SAVE_PAT (1u << 18)
#define EXIT_LOAD_PAT (1u << 19)
#define EXIT_SAVE_EFER (1u << 20)
#define EXIT_LOAD_EFER (1u << 21)
#define EXIT_SAVE_TIMER (1u << 22)
#define EXIT_SAVE_DEBUG (1u << 2)
#define ENTRY_LOAD_DEBUG (1u << 2)
#define ENTRY_GUEST_64 (1u << 9)
#define ENTRY_LOAD_PAT (1u << 14)
#define ENTRY_LOAD_EFER (1u << 15)

/* EPT entries and pointers, SDM 29.3. */
#define EPT_READ 1ull
#define EPT_WRITE 2ull
#define EPT_EXECUTE 4ull
#define EPT_RIGHTS 7ull
#define EPT_WRITE_BACK (6ull << 3)
#define EPT_LARGE (1ull << 7)
#define EPTP_WALK_4 (3ull << 3)
#define EPTP_WRITE_BACK 6ull

#define CR4_VMXE (1ull << 13)
#define CR4_FSGSBASE (1ull << 16)
#define CR4_PCIDE (1ull << 17)
#define CR4_PGE (1ull << 7)
#define CR4_PKE (1ull << 22)
#define CR4_LA57 (1ull << 12)
#define CR4_CET (1ull << 23)

static inline ks_u64 ks_rdmsr(ks_u32 msr)
{
	ks_u32 low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return low | (ks_u64)high << 32;
}

static inline void ks_wrmsr(ks_u32 msr, ks_u64 value)
{
	asm volatile("wrmsr"
		     :
		     : "c"(msr), "a"((ks_u32)value), "d"((ks_u32)(value >> 32))
		     : "memory");
}

static inline void ks_cpuid(ks_u32 leaf, ks_u32 sub, ks_u32 r[4])
{
	asm volatile("cpuid"
		     : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3])
		     : "a"(leaf), "c"(sub));
}

static inline ks_u64 ks_rdtsc(void)
{
	ks_u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return low | (ks_u64)high << 32;
}

#define KS_READ_CR(n)                                                \
	({                                                           \
		ks_u64 ks_value;                                     \
		asm volatile("mov %%cr" #n ", %0" : "=r"(ks_value)); \
		ks_value;                                            \
	})
#define KS_WRITE_CR(n, value) asm volatile("mov %0, %%cr" #n : : "r"((ks_u64)(value)) : "memory")

static inline ks_u64 ks_vmread(ks_u64 field)
{
	ks_u64 value;

	asm volatile("vmread %1, %0" : "=r"(value) : "r"(field) : "cc");
	return value;
}

/* False if the processor has no such field or refuses the value's place. */
static inline bool ks_vmwrite(ks_u64 field, ks_u64 value)
{
	unsigned char failed;

	asm volatile("vmwrite %2, %1; setna %0"
		     : "=q"(failed)
		     : "r"(field), "r"(value)
		     : "cc", "memory");
	return !failed;
}

struct ks_descriptor_pointer {
	unsigned short limit;
	ks_u64 base;
} __attribute__((packed));

static inline void ks_invept_all(void)
{
	struct {
		ks_u64 eptp, zero;
	} all = { 0, 0 };

	asm volatile("invept %0, %1" : : "m"(all), "r"(2ull) : "cc", "memory");
}

#endif
