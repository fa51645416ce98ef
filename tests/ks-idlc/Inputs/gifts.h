/* SPDX-License-Identifier: MIT */
/* The kernel of gifts.idl: things that the driver may free, functions without a number, variables, a module. */
#ifndef GIFTS_H
#define GIFTS_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t u32;

struct thing {
	u32 number;
	struct thing *next;
};

struct module {
	u32 users;
};

struct ops {
	struct module *owner;
	u32 (*work)(struct thing *thing, u32 number);
	struct thing *spare; /* or an error */
	struct thing *fixed;
};

typedef u32 (*work_function)(struct thing *thing, u32 number);

#endif
