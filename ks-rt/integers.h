/* SPDX-License-Identifier: Dual MIT/GPL */
/* Integers of a size, by the same names in the kernel, in user space and under both. */
#ifndef KS_INTEGERS_H
#define KS_INTEGERS_H

#ifdef __KERNEL__
#include <linux/types.h>
typedef u8 ks_u8;
typedef u16 ks_u16;
typedef u32 ks_u32;
typedef u64 ks_u64;
#else
#include <stdint.h>
typedef uint8_t ks_u8;
typedef uint16_t ks_u16;
typedef uint32_t ks_u32;
typedef uint64_t ks_u64;
#endif

#endif
