/* SPDX-License-Identifier: MIT */
/* The kernel of arrays.idl: structs that end with an array of structs, and others that could lie in its place. */
#ifndef ARRAYS_H
#define ARRAYS_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

struct small {
	u32 value;
};

struct entry {
	u32 kind;
	u32 state;
	struct small *small;
	const char *name;
	u32 (*work)(u32 number);
};

struct list {
	u32 flags;
	u32 count;
	struct entry entries[];
};

/* Of the kernel's, but the driver says how many it uses. */
struct frame {
	u32 offset;
	u32 length;
};

struct frames {
	u32 room;
	u32 count;
	struct frame frames[];
};

/* As long as its memory. */
struct samples {
	u64 rate;
	u64 values[];
};

struct numbers {
	u64 values[4];
};

#endif
