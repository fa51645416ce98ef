/* SPDX-License-Identifier: MIT */
/* The kernel of stored.idl: functions that store the address of a table and how long it is. */
#ifndef STORED_H
#define STORED_H

#include <stdint.h>

typedef uint32_t u32;

struct thing {
  u32 number;
};

typedef u32 (*numbers_function)(u32 which, const u32** numbers, u32* count);
typedef u32 (*names_function)(u32 which, const char* const** names, u32* count);
typedef u32 (*things_function)(u32 which, struct thing*** things);

#endif
