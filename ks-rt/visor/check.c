// SPDX-License-Identifier: Dual MIT/GPL
/* Whether this processor can be taken (SDM 24.6 to 24.7, and appendix A for the capabilities). */
#include "ks-rt/visor/state.h"

#define FEATURE_LOCK 1u
#define FEATURE_VMX 4u

/* EPT_VPID_CAP: execute-only, 4-level walk, write-back, 2 MiB and 1 GiB pages, INVEPT of all. */
#define EPT_NEEDED \
	(1ull | 1ull << 6 | 1ull << 14 | 1ull << 16 | 1ull << 17 | 1ull << 20 | 1ull << 26)

static bool ks_can_set(ks_u32 msr, ks_u32 controls)
{
	return !(controls & ~(ks_u32)(ks_rdmsr(msr) >> 32));
}

static bool ks_has_controls(void)
{
	return ks_rdmsr(MSR_VMX_BASIC) >> 55 & 1 &&
	       ks_can_set(MSR_VMX_TRUE_PIN, PIN_NMI_EXITS | PIN_VIRTUAL_NMIS) &&
	       ks_can_set(MSR_VMX_TRUE_PROC, PROC_DR_EXITS | PROC_IO_EXITS | PROC_NMI_WINDOW |
						     PROC_MSR_BITMAP | PROC_SECOND) &&
	       ks_can_set(MSR_VMX_TRUE_EXIT, EXIT_HOST_64 | EXIT_SAVE_EFER | EXIT_LOAD_EFER |
						     EXIT_SAVE_PAT | EXIT_LOAD_PAT |
						     EXIT_SAVE_DEBUG) &&
	       ks_can_set(MSR_VMX_TRUE_ENTRY,
			  ENTRY_GUEST_64 | ENTRY_LOAD_EFER | ENTRY_LOAD_PAT | ENTRY_LOAD_DEBUG) &&
	       ks_can_set(MSR_VMX_PROC2, PROC2_DESCRIPTOR_EXITS | PROC2_VPID);
}

static bool ks_has_ept(void)
{
	return ks_can_set(MSR_VMX_TRUE_PROC, PROC_SECOND) && ks_can_set(MSR_VMX_PROC2, PROC2_EPT) &&
	       (ks_rdmsr(MSR_VMX_EPT_VPID) & EPT_NEEDED) == EPT_NEEDED;
}

static bool ks_has_switch(void)
{
	return ks_can_set(MSR_VMX_PROC2, PROC2_VMFUNC) && ks_rdmsr(MSR_VMX_VMFUNC) & 1;
}

static bool ks_has_timer(void)
{
	return ks_can_set(MSR_VMX_TRUE_PIN, PIN_TIMER) &&
	       ks_can_set(MSR_VMX_TRUE_EXIT, EXIT_SAVE_TIMER);
}

enum ks_visor_lack ks_visor_check(void)
{
	ks_u64 feature;
	ks_u32 r[4];

	ks_cpuid(1, 0, r);
	if (!(r[2] >> 5 & 1))
		return KS_VISOR_NO_VMX;
	feature = ks_rdmsr(MSR_FEATURE_CONTROL);
	if (feature & FEATURE_LOCK && !(feature & FEATURE_VMX))
		return KS_VISOR_LOCKED;
	if (KS_READ_CR(4) & CR4_VMXE)
		return KS_VISOR_OWNED;
	if (!(ks_rdmsr(MSR_VMX_BASIC) >> 55 & 1) || !ks_has_ept())
		return KS_VISOR_NO_EPT;
	if (!ks_has_switch())
		return KS_VISOR_NO_SWITCH;
	if (!ks_has_timer())
		return KS_VISOR_NO_TIMER;
	if (!ks_has_controls())
		return KS_VISOR_NO_CONTROLS;
	if (!(KS_READ_CR(4) & CR4_FSGSBASE))
		return KS_VISOR_NO_BASES;
	if (KS_READ_CR(4) & CR4_LA57)
		return KS_VISOR_FIVE_LEVELS;
	return KS_READ_CR(4) & CR4_CET ? KS_VISOR_ENFORCED : KS_VISOR_CAPABLE;
}

const char *ks_visor_lack_text(enum ks_visor_lack lack)
{
	switch (lack) {
	case KS_VISOR_CAPABLE:
		return "nothing is missing";
	case KS_VISOR_NO_VMX:
		return "the processor has no VMX";
	case KS_VISOR_LOCKED:
		return "the firmware has locked VMX off";
	case KS_VISOR_OWNED:
		return "VMX is in use by another hypervisor";
	case KS_VISOR_NO_EPT:
		return "the processor has no extended page tables, or not execute-only and 1 GiB pages";
	case KS_VISOR_NO_SWITCH:
		return "the processor cannot switch extended page tables by VMFUNC";
	case KS_VISOR_NO_TIMER:
		return "the processor has no VMX-preemption timer that can be saved";
	case KS_VISOR_NO_CONTROLS:
		return "the processor lacks a VMX control that is needed";
	case KS_VISOR_NO_BASES:
		return "CR4.FSGSBASE is off";
	case KS_VISOR_FIVE_LEVELS:
		return "page tables have five levels: boot with no5lvl";
	case KS_VISOR_ENFORCED:
		return "control-flow enforcement is on: boot with clearcpuid=ibt";
	}
	return "unknown";
}

const char *ks_visor_reason_text(ks_u32 reason)
{
	static const char *const texts[] = {
		[KS_FAULT_NONE] = "alive",
		[KS_FAULT_MEMORY] = "access to memory that is not the domain's",
		[KS_FAULT_EXCEPTION] = "exception",
		[KS_FAULT_PRIVILEGED] = "privileged instruction",
		[KS_FAULT_SWITCH] = "VMFUNC to a view that is not there",
		[KS_FAULT_TRIPLE] = "triple fault",
		[KS_FAULT_TIME] = "time budget used up",
		[KS_FAULT_PROTOCOL] = "left against the gate's protocol",
		[KS_FAULT_STATE] = "segments, bases or protection keys changed",
		[KS_FAULT_KILLED] = "stopped by the kernel",
	};

	return reason < sizeof(texts) / sizeof(texts[0]) ? texts[reason] : "unknown";
}
