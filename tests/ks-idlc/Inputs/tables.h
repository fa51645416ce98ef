/* SPDX-License-Identifier: MIT */
/* The kernel of tables.idl: tables of functions and of names that are passed with their number. */
#ifndef TABLES_H
#define TABLES_H

#include <stdint.h>

typedef uint32_t u32;
typedef u32 (*act_function)(u32 number);

struct thing {
	u32 number;
};

struct gadget; /* only the kernel knows what it has */

#endif
