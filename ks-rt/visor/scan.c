// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Which instructions a domain must not hold at any byte offset, because the
 * processor runs them in non-root mode at CPL 0 without an exit and the kernel
 * relies on what they change (SDM 26.1.2 and 26.1.3 list those that do exit).
 */
#include "ks-rt/visor/state.h"

/* What `0F 01 modrm` is, if it may not be there. */
static const char *ks_group_7(unsigned char modrm)
{
	switch (modrm) {
	case 0xc9:
		return "MWAIT"; /* sleeps, and no timer wakes it */
	case 0xd4:
		return "VMFUNC";
	case 0xef:
		return "WRPKRU"; /* the process' own */
	case 0xf8:
		return "SWAPGS";
	case 0xfb:
		return "MWAITX";
	default:
		return NULL;
	}
}

/* MOV to CR0 (with a prefix: CR8), CR3, CR4. The mod bits are ignored by the processor. */
static const char *ks_move_to_cr(unsigned char modrm)
{
	unsigned char cr = modrm >> 3 & 7;

	return cr == 0 || cr == 3 || cr == 4 ? "MOV to a control register" : NULL;
}

/* XRSTORS, a state that XRSTOR knows nothing of: of control-flow enforcement, of last branches. */
static const char *ks_restore_supervisor(unsigned char modrm)
{
	return (modrm >> 3 & 7) == 3 && modrm < 0xc0 ? "XRSTORS" : NULL;
}

static bool ks_is_prefix(unsigned char byte)
{
	return (byte & 0xf0) == 0x40 || (byte & 0xe7) == 0x26 || (byte & 0xfc) == 0x64 ||
	       byte == 0xf0 || byte == 0xf3;
}

/*
 * The base that SWAPGS exchanges: `F2 0F 00 /6`, where F2 may be any of the prefixes. Without it, the
 * rest is common in numbers. What is before the text may be it.
 */
static const char *ks_load_gs(const unsigned char *text, ks_u64 at)
{
	if ((text[at + 2] >> 3 & 7) != 6)
		return NULL;
	while (at && ks_is_prefix(text[at - 1]))
		at--;
	return !at || text[at - 1] == 0xf2 ? "LKGS" : NULL;
}

/* With F3 before it, of which nothing is asked here. */
static const char *ks_write_base(unsigned char modrm)
{
	return modrm >= 0xd0 && modrm <= 0xdf ? "WRFSBASE or WRGSBASE" : NULL;
}

ks_u64 ks_scan(const unsigned char *text, ks_u64 size, const char **instruction)
{
	ks_u64 i;

	for (i = 0; i + 3 <= size; i++) {
		const char *found = NULL;

		if (text[i] != 0x0f)
			continue;
		if (text[i + 1] == 0x01)
			found = ks_group_7(text[i + 2]);
		else if (text[i + 1] == 0x22)
			found = ks_move_to_cr(text[i + 2]);
		else if (text[i + 1] == 0xae)
			found = ks_write_base(text[i + 2]);
		else if (text[i + 1] == 0xc7)
			found = ks_restore_supervisor(text[i + 2]);
		else if (text[i + 1] == 0x00)
			found = ks_load_gs(text, i);
		if (found) {
			*instruction = found;
			return i;
		}
	}
	return size;
}
