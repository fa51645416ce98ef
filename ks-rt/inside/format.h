/* SPDX-License-Identifier: Dual MIT/GPL */
/* Formatted text in a domain, as the kernel's vsnprintf(): no floating point, and %p extended. */
#ifndef KS_FORMAT_H
#define KS_FORMAT_H

#include "ks-rt/rt.h"
#ifndef __KERNEL__
#include <stdarg.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes at most `size` bytes, a NUL included if there is room for any; returns how many there
 * would have been without it. Of the kernel's %p extensions: %pM, %pm (a MAC address), %pI4 (an IPv4 address),
 * %*ph (bytes), %pV (a struct va_format), %pe (an error number); all others print the address in hexadecimal.
 */
int ks_format(char *to, size_t size, const char *format, va_list arguments);

#ifdef __cplusplus
}
#endif

#endif
