/* SPDX-License-Identifier: MIT */
/* The kernel of tags.idl: members that are a pointer to one struct or to another one, bytes, a number or a
 * struct with a function, as a tag says. */
#ifndef TAGS_H
#define TAGS_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

struct small {
	u32 value;
};

struct large {
	u64 values[8];
};

struct plain {
	u64 low, high;
};

struct worker {
	u32 (*work)(u32 number);
	struct small *small;
};

struct event {
	u32 kind;
	union {
		struct small *small;
		struct large *large;
		u64 number;
		u8 *bytes;
		const char *text;
	};
	u32 flags;
	void *data;
	u32 type;
	union {
		struct plain plain;
		struct worker worker;
	} of;
};

#endif
