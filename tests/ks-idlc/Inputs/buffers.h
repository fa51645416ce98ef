/* SPDX-License-Identifier: MIT */
/* The kernel of buffers.idl: frames whose bytes, names and functions either side may own, and groups of
 * them. */
#ifndef BUFFERS_H
#define BUFFERS_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;

struct frame {
	u8 *bytes;
	u32 offset, length;
	const char *const *names;
	u32 name_count;
	u32 (*const *calls)(u32 number);
	u8 *rest;
	struct piece *pieces;
	u8 *mark;
};

struct piece {
	u32 number, spare;
};

typedef void (*filler)(u8 *bytes, struct piece *pieces, const char **text);

struct group {
	u32 count;
	struct frame *members[];
};

#endif
